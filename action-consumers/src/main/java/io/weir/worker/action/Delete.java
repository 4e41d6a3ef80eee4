package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.rules.action.Change;
import io.weir.rules.text.Durations;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.files.VolumePath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code delete: {confirm: true, keep: 30d}}: takes a file away, into a quarantine area where it is kept for a while. With
 * {@code keep: 0} a file, or a directory that is empty, is gone at once and for good.
 *
 * <p>At once means: it is first moved to a name beside it that nobody knows, and removed there if it is still the one meant.
 * By its own name a file could be removed that another program puts there in the very moment.
 */
public final class Delete implements ActionModule {
    private static final String CONFIRM = "confirm";
    private static final String TO = "to";
    private static final String KEEP = "keep";
    private static final String DEFAULT_AREA = "/.quarantine";
    private static final String DEFAULT_KEEP = "30d";

    @Override
    public String name() {
        return "delete";
    }

    @Override
    public String summary() {
        return "Takes a file or directory away, through a quarantine area where it is kept for a while.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(CONFIRM, Shape.TEXT, true, "true: this is meant."),
                new Parameter(
                        TO,
                        Shape.TEXT,
                        false,
                        "The quarantine area, a directory absolute within the volume; default " + DEFAULT_AREA + "."),
                new Parameter(
                        KEEP,
                        Shape.TEXT,
                        false,
                        "How long it is kept there, such as 12h or 30d (default); 0: not at all, it is gone at once."));
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        List<String> faults = new ArrayList<>();
        if (!"true".equals(parameters.get(CONFIRM))) {
            faults.add("confirm='" + parameters.get(CONFIRM) + "': expected true, to say that files are to be deleted");
        }
        faults.addAll(area().faults(withArea(parameters)));
        try {
            keep(String.valueOf(parameters.getOrDefault(KEEP, DEFAULT_KEEP)));
        } catch (IllegalArgumentException e) {
            faults.add("keep: " + e.getMessage() + ", or 0");
        }
        return faults;
    }

    private static PathParameter area() {
        return new PathParameter(TO, "");
    }

    private static Map<String, Object> withArea(Map<String, Object> parameters) {
        return Map.of(TO, parameters.getOrDefault(TO, DEFAULT_AREA));
    }

    /** Zero: not at all. */
    private static Duration keep(String text) {
        return text.equals("0") ? Duration.ZERO : Durations.parse(text);
    }

    @Override
    public List<Change> changes(Map<String, Object> parameters) {
        return "0".equals(parameters.get(KEEP))
                ? Change.delete()
                : Change.moveBelow(String.valueOf(withArea(parameters).get(TO)));
    }

    @Override
    public boolean settles() {
        return true;
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        if (!context.text(CONFIRM).orElse("").equals("true")) {
            throw ActionException.refused("confirm: expected true, to say that files are to be deleted; mend the rule");
        }
        Duration keep;
        try {
            keep = keep(context.text(KEEP).orElse(DEFAULT_KEEP));
        } catch (IllegalArgumentException e) {
            throw ActionException.refused("keep: " + e.getMessage() + "; mend the rule");
        }
        Entry file = context.file();
        if (keep.isZero()) {
            return ActionPlan.steps(atOnce(context, file));
        }
        String area = context.fillPath(context.text(TO).orElse(DEFAULT_AREA));
        Instant until = Instant.now().plus(keep).truncatedTo(ChronoUnit.SECONDS);
        return QuarantineArea.plan(context, file, area, Optional.of(until));
    }

    private static List<Step> atOnce(ActionContext context, Entry file) throws ActionException, IOException {
        VolumeFiles files = context.files();
        if (file.isDirectory()) {
            if (!files.list(file.path(), 1).isEmpty()) {
                throw ActionException.refused("directory='" + PathText.display(file.path()) + "' is not empty, and"
                        + " keep: 0 deletes no tree, which nothing could bring back; leave keep out");
            }
            return List.of(files.remove(file.path(), file.fileId()));
        }
        String aside = VolumePath.child(
                VolumePath.parent(file.path()),
                ".weir-delete-" + context.request().getId());
        Step remove = files.remove(aside, file.fileId());
        return file.path().equals(aside)
                ? List.of(remove)
                : List.of(files.move(file.path(), aside, file.fileId()), remove);
    }
}
