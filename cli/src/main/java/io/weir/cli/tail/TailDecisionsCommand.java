package io.weir.cli.tail;

import io.weir.cli.CommandContext;
import io.weir.cli.lines.Line;
import io.weir.cli.lines.RecordLines;
import io.weir.schemas.Decision;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir decisions tail}. */
@Command(
        name = "tail",
        description = {
            "Show what was concluded about events, in the order of the log's time, the last ten or those of a stretch of time.",
            "There is a decision for each event that a rule matched, or would have if no action had caused it."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir decisions tail --since 1d --outcome tripped,depth-exceeded")
final class TailDecisionsCommand extends TailCommand {
    @Option(
            names = "--rule",
            paramLabel = "ID",
            order = 7,
            split = ",",
            description = "Only about this rule. Repeatable.")
    private @Nullable List<String> rules;

    @Option(
            names = "--outcome",
            paramLabel = "WORD",
            order = 8,
            split = ",",
            description = "Only of this outcome: matched, suppressed, shadowed, depth-exceeded, tripped. Repeatable.")
    private @Nullable List<String> outcomes;

    TailDecisionsCommand(CommandContext context) {
        super(context, Topics.DECISIONS);
    }

    @Override
    Optional<Line> line(SpecificRecord value, Optional<Causation> causation) {
        return value instanceof Decision decision
                        && options.admits(decision.getVolume(), decision.getPath())
                        && (outcomes == null || outcomes.contains(decision.getOutcome()))
                        && isAboutRule(decision)
                ? Optional.of(RecordLines.of(decision))
                : Optional.empty();
    }

    private boolean isAboutRule(Decision decision) {
        List<String> asked = rules;
        return asked == null || decision.getRules().stream().anyMatch(rule -> asked.contains(rule.getRule()));
    }
}
