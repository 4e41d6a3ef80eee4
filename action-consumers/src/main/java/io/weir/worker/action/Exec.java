package io.weir.worker.action;

import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.settings.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code exec: {run: NAME}}: runs a program that the worker's own settings allow under that name, with the event as JSON
 * on its standard input. At least once: an attempt whose outcome is unknown is repeated, or reported.
 */
public final class Exec implements ActionModule {
    private static final String RUN = "run";
    private static final String ON_UNKNOWN = "on-unknown";
    private static final String REPEAT = "repeat";
    private static final String REPORT = "report";

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public String summary() {
        return "Runs a program that the worker's settings allow by name, with the event as JSON on its standard input.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(RUN, Shape.TEXT, true, "Name of a program in the worker's settings."),
                new Parameter(
                        ON_UNKNOWN,
                        Shape.TEXT,
                        false,
                        "After a crash in the middle of a run: 'repeat' it (the default) or 'report' it as failed."));
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        Object onUnknown = parameters.getOrDefault(ON_UNKNOWN, REPEAT);
        return Set.of(REPEAT, REPORT).contains(onUnknown)
                ? List.of()
                : List.of("on-unknown='" + onUnknown + "': expected repeat or report");
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        String name = context.text(RUN).orElse("");
        Program program = context.settings().programs().get(name);
        if (program == null) {
            throw ActionException.refused("run='" + name + "': not among the programs in this worker's settings, which"
                    + " are " + new TreeSet<>(context.settings().programs().keySet()));
        }
        var earlier = context.earlier();
        if (earlier.isPresent() && context.text(ON_UNKNOWN).orElse(REPEAT).equals(REPORT)) {
            throw ActionException.failed("attempt " + earlier.get().attempt() + " of program '" + name
                    + "' began and its outcome is not known; not repeated, as the rule says (on-unknown: report)");
        }
        Path root = context.files()
                .mountPoint()
                .orElseThrow(() ->
                        ActionException.refused("volume '" + context.files().volume() + "' is reached by its"
                                + " cluster's REST API and has no path on this host, which a program needs; mount it, and name"
                                + " the place in the worker's settings (volumes: 'mount')"));
        return ActionPlan.steps(List.of(new ProgramRun(program, context, root)));
    }
}
