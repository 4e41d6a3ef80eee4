package io.weir.cli.letter;

import io.weir.schemas.topic.Resolution;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code weir dead-letters retry}. */
@Command(
        name = "retry",
        description = {
            "Ask again for actions that could not be carried out, when what stood in the way is mended.",
            "By number, or all open ones that the options name. The file must still be the one that matched."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  weir dead-letters retry 17 18", "  weir dead-letters retry --rule lock-uploads --since 2h"})
final class RetryLettersCommand extends LetterDecision implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        return decide(Resolution.Kind.RETRIED, (letter, writer) -> "retried " + writer.retry(letter));
    }
}
