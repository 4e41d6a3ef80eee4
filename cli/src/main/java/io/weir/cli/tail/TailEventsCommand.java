package io.weir.cli.tail;

import io.weir.cli.CommandContext;
import io.weir.cli.lines.Line;
import io.weir.cli.lines.RecordLines;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir events tail}. */
@Command(
        name = "tail",
        description = {
            "Show events in the order of the log's time, the last ten or those of a stretch of time.",
            "Of a move, the record under its new path; gaps are shown, ticks are not."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  weir events tail -f --path '/in/**'", "  weir events tail --since 2h --type deleted -o json"})
final class TailEventsCommand extends TailCommand {
    @Option(
            names = "--type",
            paramLabel = "TYPE",
            order = 7,
            split = ",",
            description = "Only of this type, such as deleted, or gap. Repeatable.")
    private @Nullable List<String> types;

    TailEventsCommand(CommandContext context) {
        super(context, Topics.FILE_EVENTS);
    }

    @Override
    Optional<Line> line(SpecificRecord value, Optional<Causation> causation) {
        return value instanceof FileEvent event
                        && (types == null || types.contains(event.getType()))
                        && (options.admits(event.getVolume(), event.getPath())
                                || (event.getPreviousPath() != null
                                        && options.admits(event.getVolume(), event.getPreviousPath())))
                ? RecordLines.of(event, causation)
                : Optional.empty();
    }
}
