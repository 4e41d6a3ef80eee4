package io.weir.worker.action;

import io.weir.rules.action.Change;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code quarantine: {to: /.quarantine}}: moves a file under a directory of its volume and keeps its relative path. A name
 * that is taken there gets a number; nothing is replaced. The file keeps owner, mode and times; directories made for it
 * are open to their owner alone, which takes access away.
 */
public final class Quarantine implements ActionModule {
    private static final PathParameter TO =
            new PathParameter("to", "The quarantine area, a directory absolute within the volume; made if missing.");

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
        return QuarantineArea.plan(context, context.file(), area, Optional.empty());
    }
}
