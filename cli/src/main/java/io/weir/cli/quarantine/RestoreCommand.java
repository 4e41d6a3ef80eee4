package io.weir.cli.quarantine;

import io.weir.worker.action.Undo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code weir quarantine restore}. */
@Command(
        name = "restore",
        description = {
            "Bring files back to where they were, with all that they had. Where another file is by now, nothing is done.",
            "The worker of the volume does it, within its policy; it sets off no rules."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir quarantine restore bnzdtuorgmsuhpeb4mzghc4dhi",
            "  weir quarantine restore --rule put-away --since 2h --dry-run"
        })
final class RestoreCommand extends QuarantineErrand implements Callable<Integer> {
    @Override
    public Integer call() {
        return ask(Undo.NAME, "restored");
    }
}
