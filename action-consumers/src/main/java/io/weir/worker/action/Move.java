package io.weir.worker.action;

import io.weir.rules.action.Change;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code move: {to: /archive/}}: as {@link Rename}; a path with a slash at its end is a directory, where the name is kept. */
public final class Move implements ActionModule {
    private static final DestinationParameter TO = new DestinationParameter(
            "to",
            "The new path, absolute within the volume, with placeholders; with a slash at its end, the directory to go to.");

    @Override
    public String name() {
        return "move";
    }

    @Override
    public String summary() {
        return "Moves a file or directory to another path or into another directory of its volume.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(TO.declaration(), OnExists.declaration());
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        List<String> faults = new ArrayList<>(TO.faults(parameters));
        faults.addAll(OnExists.faults(parameters));
        return faults;
    }

    @Override
    public List<Change> changes(Map<String, Object> parameters) {
        return Change.move(TO.template(parameters));
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        Entry file = context.file();
        return Relocation.plan(context, file, TO.fill(context, file));
    }
}
