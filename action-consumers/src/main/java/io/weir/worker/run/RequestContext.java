package io.weir.worker.run;

import io.weir.posix.PathText;
import io.weir.rules.Escape;
import io.weir.rules.EventView;
import io.weir.rules.Template;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.topic.Causation;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.Gathered;
import io.weir.worker.HeldException;
import io.weir.worker.VolumeFiles;
import io.weir.worker.control.Control;
import io.weir.worker.files.VolumePath;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a module is given for one attempt. */
final class RequestContext implements ActionContext {
    private final ActionRequest request;
    private final RequestEvent event;
    private final Causation causation;
    private final int attempt;
    private final Optional<EarlierAttempt> unknown;
    private final List<Effect> declared;
    private final @Nullable ActionVolumes volumes;
    private final Surroundings surroundings;
    private final Optional<Gathered> gathered;

    /**
     * @param unknown the attempt before, if its outcome is not known
     * @param declared what the attempt before declared, known or not
     */
    RequestContext(
            ActionRequest request,
            Causation causation,
            int attempt,
            Optional<EarlierAttempt> unknown,
            List<Effect> declared,
            @Nullable ActionVolumes volumes,
            Surroundings surroundings,
            Optional<Gathered> gathered) {
        this.request = request;
        this.event = new RequestEvent(request.getEvent());
        this.causation = causation;
        this.attempt = attempt;
        this.unknown = unknown;
        this.declared = declared;
        this.volumes = volumes;
        this.surroundings = surroundings;
        this.gathered = gathered;
    }

    @Override
    public ActionRequest request() {
        return request;
    }

    @Override
    public EventView event() {
        return event;
    }

    @Override
    public Map<String, Object> parameters() {
        return request.getParameters();
    }

    @Override
    public Optional<String> text(String parameter) {
        return Optional.ofNullable(request.getParameters().get(parameter))
                .filter(value -> value instanceof CharSequence)
                .map(Object::toString);
    }

    @Override
    public String fillPath(String template) throws ActionException {
        String path;
        try {
            path = Template.parse(template).fill(event, request.getRule(), Escape.PATH_SEGMENT);
        } catch (IllegalArgumentException e) {
            throw ActionException.refused(e.getMessage() + "; mend the rule");
        }
        Optional<String> fault = VolumePath.fault(path);
        if (fault.isPresent()) {
            throw ActionException.refused("'" + template + "' gives the path '" + PathText.display(path) + "', which "
                    + fault.get() + "; expected a path absolute within the volume");
        }
        return path;
    }

    @Override
    public Causation causation() {
        return causation;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Optional<EarlierAttempt> earlier() {
        return unknown;
    }

    @Override
    public Optional<Gathered> gathered() {
        return gathered;
    }

    @Override
    public VolumeFiles.Entry file() throws ActionException, IOException {
        return served().lookup().find(event.path(), request.getEvent(), declared);
    }

    @Override
    public VolumeFiles files() {
        return served().files();
    }

    @Override
    public VolumeFiles files(String name) {
        return served().files(name)
                .orElseThrow(() -> new IllegalStateException("action '" + request.getAction() + "' does not say that it"
                        + " needs volume '" + name + "', but asks for its files"));
    }

    private ActionVolumes served() {
        if (volumes == null) {
            throw new IllegalStateException(
                    "action '" + request.getAction() + "' says that it needs no volume, but asks for its files");
        }
        return volumes;
    }

    @Override
    public WorkerSettings settings() {
        return surroundings.settings();
    }

    @Override
    public Control control() {
        return surroundings.control();
    }

    @Override
    public void requireNotStopped() {
        List<String> touched = volumes == null ? List.of(request.getEvent().getVolume()) : volumes.names();
        for (String volume : touched) {
            Optional<String> held = surroundings.control().holding(volume, request.getRule());
            if (held.isPresent()) {
                throw new HeldException(held.get());
            }
        }
    }
}
