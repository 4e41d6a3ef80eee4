package io.weir.cli.rule;

import io.weir.rules.Mode;
import picocli.CommandLine.Command;

/** {@code weir rules disable}. */
@Command(
        name = "disable",
        description = "Stop rules from looking at events (mode: off); otherwise they stay as they are.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules disable large-files --comment 'while files are moved'")
final class DisableRulesCommand extends ModeCommand {
    DisableRulesCommand() {
        super(Mode.OFF);
    }
}
