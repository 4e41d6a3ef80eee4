package io.weir.worker.action;

import io.weir.rules.action.ActionType.Parameter;
import io.weir.rules.action.ActionType.Shape;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.files.VolumePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A required parameter that is a path within the volume, with placeholders.
 *
 * @param name its key
 * @param summary for people
 */
record PathParameter(String name, String summary) implements Destination {
    /** Placeholders that stand for absolute paths. */
    private static final List<String> PATHS = List.of("{event.directory}", "{event.path}", "{event.previous-path}");

    @Override
    public Parameter declaration() {
        return new Parameter(name, Shape.TEXT, true, summary);
    }

    @Override
    public String template(Map<String, Object> parameters) {
        return String.valueOf(parameters.get(name));
    }

    /** The path for this event. */
    String fill(ActionContext context) throws ActionException {
        return context.fillPath(context.text(name).orElse(""));
    }

    @Override
    public String fill(ActionContext context, Entry file) throws ActionException {
        return fill(context);
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        String path = template(parameters);
        if (!path.startsWith("/") && PATHS.stream().noneMatch(path::startsWith)) {
            return List.of(name + "='" + path + "': expected a path absolute within the volume, such as /.quarantine or"
                    + " {event.directory}/{event.stem}-x");
        }
        // A placeholder stands for at least one character of a name here; what it really gives is checked by the
        // worker.
        Optional<String> fault = VolumePath.fault(path.startsWith("/") ? path : "/" + path);
        return fault.map(f -> List.of(name + "='" + path + "': " + f + "; expected names with single slashes between"))
                .orElse(List.of());
    }
}
