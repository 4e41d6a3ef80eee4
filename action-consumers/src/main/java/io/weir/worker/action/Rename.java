package io.weir.worker.action;

import io.weir.rules.action.Change;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code rename: {to: TEMPLATE}}: gives a file another path within its volume; never replaces anything. */
public final class Rename implements ActionModule {
    private static final PathParameter TO = new PathParameter(
            "to",
            "The new path, absolute within the volume, with placeholders such as {event.directory}/{event.stem}.");
    private static final int NEW_DIRECTORY_MODE = 0755;

    @Override
    public String name() {
        return "rename";
    }

    @Override
    public String summary() {
        return "Gives a file or directory another path within its volume; never replaces anything.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(TO.declaration());
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        return TO.faults(parameters);
    }

    @Override
    public List<Change> changes(Map<String, Object> parameters) {
        return Change.move(TO.template(parameters));
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        String to = TO.fill(context);
        var file = context.file();
        if (to.equals(file.path())) {
            return ActionPlan.nothingToDo("the file has that path already");
        }
        if (to.startsWith(file.path() + "/")) {
            throw ActionException.refused("to='" + to + "' lies below the directory to move, '" + file.path() + "'");
        }
        if (context.files().find(to).isPresent()) {
            throw ActionException.failed("to='" + to + "' exists already; nothing was replaced. Make the template"
                    + " unique, for example with {time:yyyyMMdd-HHmmss}");
        }
        List<Step> steps = new ArrayList<>(context.files().makeParents(to, NEW_DIRECTORY_MODE));
        steps.add(context.files().move(file.path(), to, file.fileId()));
        return ActionPlan.steps(steps);
    }
}
