package io.weir.cli.capture;

import io.weir.agent.EventOutlet;
import io.weir.agent.SpooledEvent;
import io.weir.cli.lines.Line;
import io.weir.cli.lines.RecordLines;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Shows events instead of publishing them; what comes together is written together. */
final class PrintingOutlet implements EventOutlet {
    private final Consumer<List<Line>> lines;

    PrintingOutlet(Consumer<List<Line>> lines) {
        this.lines = lines;
    }

    @Override
    public void deliver(List<SpooledEvent> events, Acknowledgement acknowledgement) {
        List<Line> shown = new ArrayList<>(events.size());
        for (SpooledEvent event : events) {
            RecordLines.of(event.event(), event.causation()).ifPresent(shown::add);
        }
        lines.accept(shown);
        events.forEach(event -> acknowledgement.safe(event.sequence()));
    }

    @Override
    public void close() {}
}
