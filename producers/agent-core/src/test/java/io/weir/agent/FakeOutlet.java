package io.weir.agent;

import io.weir.agent.claim.LogPosition;
import io.weir.schemas.ComponentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps what it is given; acknowledges while it is told to. */
final class FakeOutlet implements EventOutlet {
    private final List<SpooledEvent> events = new ArrayList<>();
    private final List<ComponentStatus> reports = new ArrayList<>();
    private final List<Runnable> owed = new ArrayList<>();
    private boolean acknowledging = true;

    synchronized void acknowledging(boolean value) {
        acknowledging = value;
    }

    @Override
    public synchronized void deliver(List<SpooledEvent> batch, Acknowledgement acknowledgement) {
        for (SpooledEvent event : batch) {
            events.add(event);
            if (acknowledging) {
                acknowledgement.safe(event.sequence());
            } else {
                owed.add(() -> acknowledgement.safe(event.sequence()));
            }
        }
    }

    synchronized void acknowledgeAll() {
        owed.forEach(Runnable::run);
        owed.clear();
    }

    @Override
    public synchronized CompletableFuture<LogPosition> report(ComponentStatus status) {
        reports.add(status);
        return CompletableFuture.completedFuture(new LogPosition(reports.size() - 1L, 0));
    }

    synchronized List<SpooledEvent> events() {
        return List.copyOf(events);
    }

    synchronized List<ComponentStatus> reports() {
        return List.copyOf(reports);
    }

    /** {@code type path}, {@code moved from -> to}; a star where an action caused it, a question mark if reconstructed. */
    synchronized List<String> lines() {
        return events.stream().map(FakeOutlet::line).toList();
    }

    static String line(SpooledEvent spooled) {
        var event = spooled.event();
        String where =
                event.getPreviousPath() == null ? event.getPath() : event.getPreviousPath() + " -> " + event.getPath();
        return event.getType() + " " + where + (event.getOrigin().equals("live") ? "" : "?")
                + (spooled.causation().isPresent() ? "*" : "");
    }

    @Override
    public void close() {}
}
