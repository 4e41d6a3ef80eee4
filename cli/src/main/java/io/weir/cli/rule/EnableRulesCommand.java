package io.weir.cli.rule;

import io.weir.rules.Mode;
import picocli.CommandLine.Command;

/** {@code weir rules enable}. */
@Command(
        name = "enable",
        description = "Let rules act (mode: enforce); otherwise they stay as they are.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules enable large-files --comment 'a week in shadow was enough'")
final class EnableRulesCommand extends ModeCommand {
    EnableRulesCommand() {
        super(Mode.ENFORCE);
    }
}
