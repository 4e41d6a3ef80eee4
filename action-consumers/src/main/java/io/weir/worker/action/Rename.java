package io.weir.worker.action;

import io.weir.rules.action.Change;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code rename: {to: TEMPLATE}}: gives a file another path within its volume. */
public final class Rename implements ActionModule {
    private static final PathParameter TO = new PathParameter(
            "to",
            "The new path, absolute within the volume, with placeholders such as {event.directory}/{event.stem}.");

    @Override
    public String name() {
        return "rename";
    }

    @Override
    public String summary() {
        return "Gives a file or directory another path within its volume.";
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
        return Relocation.plan(context, context.file(), TO.fill(context));
    }
}
