package io.weir.worker.action;

import io.weir.rules.action.Change;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code copy: {volume: backup, to: /in/}}: copies a file, a link, or a directory with all below it. */
public final class Copy implements ActionModule {
    private static final DestinationParameter TO = new DestinationParameter(
            "to",
            "The copy's path, absolute within the volume, with placeholders; with a slash at its end, its directory.");
    private static final VolumeParameter VOLUME = new VolumeParameter(
            "volume", "The volume to copy to, which the worker has to serve, too; that of the file if left out.");

    @Override
    public String name() {
        return "copy";
    }

    @Override
    public String summary() {
        return "Copies a file, or a directory with all below it, within its volume or to another, and verifies the copy.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                TO.declaration(), VOLUME.declaration(), OnExists.declaration(), TruthParameter.RECURSIVE.declaration());
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        List<String> faults = new ArrayList<>(TO.faults(parameters));
        faults.addAll(VOLUME.faults(parameters));
        faults.addAll(OnExists.faults(parameters));
        faults.addAll(TruthParameter.RECURSIVE.faults(parameters));
        return faults;
    }

    @Override
    public List<Change> changes(Map<String, Object> parameters) {
        boolean tree = TruthParameter.RECURSIVE.of(parameters);
        return Change.copy(TO.template(parameters), VOLUME.of(parameters).orElse(null), tree);
    }

    @Override
    public List<String> otherVolumes(Map<String, Object> parameters) {
        return VOLUME.of(parameters).stream().toList();
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        Entry file = context.file();
        VolumeFiles target = context.files(
                VOLUME.of(context.parameters()).orElse(context.files().volume()));
        return new CopyPlan(context, file, target, TO.fill(context, file)).plan(TruthParameter.RECURSIVE.of(context));
    }
}
