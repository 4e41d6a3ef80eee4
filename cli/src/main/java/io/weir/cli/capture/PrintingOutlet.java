package io.weir.cli.capture;

import io.weir.agent.EventOutlet;
import io.weir.agent.SpooledEvent;
import io.weir.cli.lines.Line;
import io.weir.cli.lines.RecordLines;
import java.util.List;
import java.util.function.Consumer;

/** Shows events instead of publishing them. */
final class PrintingOutlet implements EventOutlet {
    private final Consumer<Line> lines;

    PrintingOutlet(Consumer<Line> lines) {
        this.lines = lines;
    }

    @Override
    public void deliver(List<SpooledEvent> events, Acknowledgement acknowledgement) {
        for (SpooledEvent event : events) {
            RecordLines.of(event.event(), event.causation()).ifPresent(lines);
            acknowledgement.safe(event.sequence());
        }
    }

    @Override
    public void close() {}
}
