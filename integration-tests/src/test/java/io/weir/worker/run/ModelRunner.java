package io.weir.worker.run;

import io.weir.worker.ActionModule;
import io.weir.worker.VolumeFiles;
import io.weir.worker.control.Control;
import io.weir.worker.ledger.Ledger;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;

/** The production step machine over files and marks that are not the host's. */
public final class ModelRunner {
    private ModelRunner() {}

    /** As a worker's process does at its start. */
    public static ActionRunner open(
            String worker,
            String lock,
            Ledger ledger,
            Collection<ActionModule> modules,
            Clock clock,
            Checkpoint.Observer observer,
            VolumeFiles files,
            MarkFolder marks)
            throws IOException {
        var parts = new ActionRunner.Parts(
                worker,
                lock,
                ledger,
                new MovedFiles(ledger),
                new Surroundings(WorkerSettings.defaults(), Control.NONE, false, clock, observer));
        ActionRunner runner = new ActionRunner(parts, modules);
        runner.serve(files, marks);
        return runner;
    }
}
