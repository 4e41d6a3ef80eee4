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

/** {@code copy: {to: /backup/, on-exists: number}}: copies a file, a link, or a directory with all below it. */
public final class Copy implements ActionModule {
    private static final DestinationParameter TO = new DestinationParameter(
            "to",
            "The copy's path, absolute within the volume, with placeholders; with a slash at its end, its directory.");

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public String summary() {
        return "Copies a file, or a directory with all below it, within its volume, and verifies the copy.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(TO.declaration(), OnExists.declaration(), TruthParameter.RECURSIVE.declaration());
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        List<String> faults = new ArrayList<>(TO.faults(parameters));
        faults.addAll(OnExists.faults(parameters));
        faults.addAll(TruthParameter.RECURSIVE.faults(parameters));
        return faults;
    }

    @Override
    public List<Change> changes(Map<String, Object> parameters) {
        return Change.copy(TO.template(parameters), TruthParameter.RECURSIVE.of(parameters));
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        Entry file = context.file();
        return new CopyPlan(context, file, TO.fill(context, file)).plan(TruthParameter.RECURSIVE.of(context));
    }
}
