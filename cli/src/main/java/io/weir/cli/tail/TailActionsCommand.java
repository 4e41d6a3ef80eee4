package io.weir.cli.tail;

import io.weir.cli.CommandContext;
import io.weir.cli.lines.Line;
import io.weir.cli.lines.RecordLines;
import io.weir.schemas.ActionResult;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir actions tail}. */
@Command(
        name = "tail",
        description =
                "Show what workers did, in the order of the log's time, the last ten or that of a stretch of time.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir actions tail -f --outcome failed,refused")
public final class TailActionsCommand extends TailCommand {
    @Option(names = "--rule", paramLabel = "ID", order = 7, split = ",", description = "Only of this rule. Repeatable.")
    private @Nullable List<String> rules;

    @Option(
            names = "--outcome",
            paramLabel = "WORD",
            order = 8,
            split = ",",
            description = "Only of this outcome, such as done or failed. Repeatable.")
    private @Nullable List<String> outcomes;

    /** For picocli. */
    TailActionsCommand(CommandContext context) {
        super(context, Topics.ACTION_RESULTS);
    }

    @Override
    Optional<Line> line(SpecificRecord value, Optional<Causation> causation) {
        return value instanceof ActionResult result
                        && options.admits(result.getVolume(), result.getPath())
                        && (rules == null || rules.contains(result.getRule()))
                        && (outcomes == null || outcomes.contains(result.getOutcome()))
                ? Optional.of(RecordLines.of(result, causation))
                : Optional.empty();
    }
}
