package io.weir.cli.quarantine;

import io.weir.worker.action.Purge;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code weir quarantine purge}. */
@Command(
        name = "purge",
        description = {
            "Delete files in quarantine for good; nothing brings them back.",
            "What was put there by delete is purged by itself when its time is over."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir quarantine purge --rule put-away --until 2026-01-31T00:00:00Z")
final class PurgeCommand extends QuarantineErrand implements Callable<Integer> {
    @Override
    public Integer call() {
        return ask(Purge.NAME, "purged");
    }
}
