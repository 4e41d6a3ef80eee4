package com.example.weir;

import io.weir.rules.action.Change;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code hide: {below: /.hidden}}: moves a file below a directory, under a name that begins with a dot. Because it is built of
 * the worker's own steps it has marks, a journal, undo, dry runs and the worker's policy without a line of its own.
 */
public final class Hide implements ActionModule {
    private static final String BELOW = "below";

    @Override
    public String name() {
        return "hide";
    }

    @Override
    public String summary() {
        return "Moves a file below a directory, under a name that begins with a dot.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(BELOW, Shape.TEXT, true, "A directory absolute within the volume."));
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    /** What is wrong with a rule is said when it is checked, not when it acts. */
    @Override
    public List<String> faults(Map<String, Object> parameters) {
        String below = String.valueOf(parameters.get(BELOW));
        return below.startsWith("/") && !below.endsWith("/")
                ? List.of()
                : List.of(BELOW + "='" + below + "': expected a directory such as /.hidden");
    }

    /** Which events it may cause: rules that provoke each other are found by it. */
    @Override
    public List<Change> changes(Map<String, Object> parameters) {
        return Change.moveBelow(String.valueOf(parameters.get(BELOW)));
    }

    /** Changes nothing: it looks, and says what is to be done. */
    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        var file = context.file();
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        if (name.startsWith(".")) {
            return ActionPlan.nothingToDo("its name begins with a dot already");
        }
        String target = context.fillPath(context.text(BELOW).orElseThrow() + "/.{event.name}");
        var steps = new ArrayList<>(context.files().makeParents(target, 0755));
        steps.add(context.files().move(file.path(), target, file.fileId()));
        return ActionPlan.steps(steps);
    }
}
