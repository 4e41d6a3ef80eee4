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

/**
 * {@code quarantine: {to: /.quarantine}}: moves a file under a directory of its volume and keeps its relative path. A name
 * that is taken there gets a number; nothing is replaced. The file keeps owner, mode and times; directories made for it
 * are open to their owner alone, which takes access away.
 */
public final class Quarantine implements ActionModule {
    private static final PathParameter TO =
            new PathParameter("to", "The quarantine area, a directory absolute within the volume; made if missing.");
    private static final int NEW_DIRECTORY_MODE = 0700;

    @Override
    public String name() {
        return "quarantine";
    }

    @Override
    public String summary() {
        return "Moves a file or directory into a quarantine area of its volume and keeps its relative path.";
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
        return Change.moveBelow(TO.template(parameters));
    }

    @Override
    public boolean settles() {
        return true;
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        String area = TO.fill(context);
        var file = context.file();
        if (isAtOrBelow(file.path(), area)) {
            return ActionPlan.nothingToDo("it is in the quarantine area already");
        }
        if (isAtOrBelow(area, file.path())) {
            throw ActionException.refused("path='" + file.path() + "' contains the quarantine area '" + area + "'");
        }
        String target = FreeName.of(context.files(), area + file.path(), file.isDirectory(), context.attempt());
        List<Step> steps = new ArrayList<>(context.files().makeParents(target, NEW_DIRECTORY_MODE));
        steps.add(context.files().move(file.path(), target, file.fileId()));
        return ActionPlan.steps(steps);
    }

    private static boolean isAtOrBelow(String path, String directory) {
        return path.equals(directory) || path.startsWith(directory + "/");
    }
}
