package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.rules.action.Change;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An action that gives a file another path within its volume. */
abstract class Relocation implements ActionModule {
    static final int NEW_DIRECTORY_MODE = 0755;

    private final Destination to;

    Relocation(Destination to) {
        this.to = to;
    }

    @Override
    public final List<Parameter> parameters() {
        return List.of(to.declaration(), OnExists.declaration());
    }

    @Override
    public final boolean needsVolume() {
        return true;
    }

    @Override
    public final List<String> faults(Map<String, Object> parameters) {
        List<String> faults = new ArrayList<>(to.faults(parameters));
        faults.addAll(OnExists.faults(parameters));
        return faults;
    }

    @Override
    public final List<Change> changes(Map<String, Object> parameters) {
        return Change.move(to.template(parameters));
    }

    @Override
    public final ActionPlan plan(ActionContext context) throws ActionException, IOException {
        Entry file = context.file();
        return plan(context, file, to.fill(context, file));
    }

    private static ActionPlan plan(ActionContext context, Entry file, String to) throws ActionException, IOException {
        if (to.equals(file.path())) {
            return ActionPlan.nothingToDo("the file has that path already");
        }
        if (to.startsWith(file.path() + "/")) {
            throw ActionException.refused("to='" + PathText.display(to) + "' lies below the directory to move, '"
                    + PathText.display(file.path()) + "'");
        }
        VolumeFiles files = context.files();
        OnExists onExists = OnExists.of(context);
        Optional<Entry> there = files.find(to);
        if (there.isPresent() && onExists == OnExists.REPLACE) {
            requireReplaceable(file, there.get());
            return ActionPlan.steps(List.of(
                    files.replace(file.path(), to, file.fileId(), there.get().fileId())));
        }
        if (there.isPresent() && onExists == OnExists.FAIL) {
            throw ActionException.failed("to='" + PathText.display(to) + "' exists already; nothing was replaced. Make"
                    + " the template unique, for example with {time:yyyyMMdd-HHmmss}, or say on-exists: number");
        }
        String target = FreeName.of(files, to, file.isDirectory(), context);
        List<Step> steps = new ArrayList<>(files.makeParents(target, NEW_DIRECTORY_MODE));
        steps.add(files.move(file.path(), target, file.fileId()));
        return ActionPlan.steps(steps);
    }

    /** What is at the path may go for good: a file or a link, and not under another name of the very file that comes. */
    static void requireReplaceable(Entry file, Entry there) throws ActionException {
        if (there.isDirectory() || file.isDirectory()) {
            throw ActionException.failed("to='" + PathText.display(there.path()) + "' exists already, and on-exists:"
                    + " replace puts a file in place of a file, never a directory anywhere; nothing was changed");
        }
        if (there.fileId().equals(file.fileId())) {
            throw ActionException.failed("to='" + PathText.display(there.path()) + "' is another name of the same file"
                    + " (hard link); nothing was changed");
        }
    }
}
