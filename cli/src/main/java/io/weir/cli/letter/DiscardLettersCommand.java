package io.weir.cli.letter;

import io.weir.schemas.topic.Resolution;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code weir dead-letters discard}. */
@Command(
        name = "discard",
        description = {
            "Say that nothing is to be done about dead letters: they are not shown as open any more.",
            "By number, or all open ones that the options name. They stay in the topic for as long as it keeps records."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir dead-letters discard --cause 'exists already' --reason 'were there before'")
final class DiscardLettersCommand extends LetterDecision implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        return decide(Resolution.Kind.DISCARDED, (letter, writer) -> "discarded");
    }
}
