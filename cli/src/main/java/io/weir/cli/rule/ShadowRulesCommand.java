package io.weir.cli.rule;

import io.weir.rules.Mode;
import picocli.CommandLine.Command;

/** {@code weir rules shadow}. */
@Command(
        name = "shadow",
        description = "Let rules only record what they would do (mode: shadow); otherwise they stay as they are.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules shadow large-files --comment 'how often does it match?'")
final class ShadowRulesCommand extends ModeCommand {
    ShadowRulesCommand() {
        super(Mode.SHADOW);
    }
}
