package io.weir.cli.status;

import io.weir.cli.lines.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A system's state as tables and as objects. */
final class StatusText {
    private StatusText() {}

    static List<List<String>> agents(SystemState state) {
        return table(
                List.of("AGENT", "STATE", "VOLUMES", "COVERAGE", "LAG", "WAITING", "HEARD"),
                state.of("agent").stream()
                        .map(agent -> List.of(
                                agent.id(),
                                agent.state(),
                                volumes(agent),
                                coverage(agent),
                                duration(Duration.ofMillis(agent.figure("lag-millis"))),
                                Long.toString(agent.figure("events-waiting")),
                                heard(agent))));
    }

    /** What is behind is of all filters together: they share the partitions. */
    static List<List<String>> filters(SystemState state) {
        Backlog behind = state.backlog("weir-filter");
        return table(
                List.of("FILTER", "STATE", "RULES", "VERSION", "BEHIND (ALL)", "HEARD"),
                state.of("filter").stream()
                        .map(filter -> List.of(
                                filter.id(),
                                filter.state(),
                                Long.toString(filter.figure("rules")),
                                Long.toString(filter.figure("rules-offset")),
                                behind.toString(),
                                heard(filter))));
    }

    static List<List<String>> workers(SystemState state) {
        return table(
                List.of("WORKER", "STATE", "VOLUMES", "QUEUE", "IN FLIGHT", "HELD", "DONE", "FAILED", "HEARD"),
                state.of("worker").stream()
                        .map(worker -> List.of(
                                worker.id(),
                                worker.state(),
                                volumes(worker),
                                queue(worker, state).toString(),
                                Long.toString(worker.figure("in_flight")),
                                Long.toString(worker.figure("held")),
                                Long.toString(worker.figure("actions_done")),
                                Long.toString(worker.figure("actions_failed")),
                                heard(worker))));
    }

    static Stream<JsonObject> objects(SystemState state, List<String> needs) {
        return Stream.concat(
                state.parts().stream().map(part -> object(part, state)),
                needs.stream().map(need -> new JsonObject().put("kind", "need").put("message", need)));
    }

    private static JsonObject object(Part part, SystemState state) {
        JsonObject figures = new JsonObject();
        for (Map.Entry<String, Long> figure : new TreeMap<>(part.status().getFigures()).entrySet()) {
            figures.put(figure.getKey(), figure.getValue());
        }
        JsonObject object = new JsonObject()
                .put("kind", part.kind())
                .put("id", part.id())
                .put("state", part.state())
                .put("cause", part.status().getCause())
                .put("host", part.status().getHost())
                .put("version", part.status().getVersion())
                .put("volumes", part.status().getVolumes())
                .put("heardAt", part.heard())
                .put("silentMillis", part.silence().toMillis());
        switch (part.kind()) {
            case "agent" -> object.put("coverage", coverage(part));
            case "filter" -> put(object, "behind", state.backlog("weir-filter"));
            default -> put(object, "queue", queue(part, state));
        }
        return object.put("figures", figures);
    }

    private static void put(JsonObject object, String name, Backlog backlog) {
        object.put(name, backlog.records()).put(name + "Exact", backlog.exact());
    }

    /** What waits for it and for the other workers of the same volumes. */
    private static Backlog queue(Part worker, SystemState state) {
        Backlog queue = state.backlog("weir-worker");
        for (String volume : worker.status().getVolumes()) {
            queue = queue.plus(state.backlog("weir-worker-" + volume));
        }
        return queue;
    }

    private static String coverage(Part agent) {
        long gaps = agent.figure("gaps-open");
        return gaps == 0 ? "complete" : gaps == 1 ? "1 gap" : gaps + " gaps";
    }

    private static String volumes(Part part) {
        List<String> volumes = part.status().getVolumes();
        return volumes.isEmpty() ? "-" : String.join(", ", volumes);
    }

    private static String heard(Part part) {
        return duration(part.silence()) + " ago";
    }

    /** In the largest unit of which there is at least one. */
    static String duration(Duration duration) {
        Duration positive = duration.isNegative() ? Duration.ZERO : duration;
        if (positive.toSeconds() < 10) {
            return String.format(Locale.ROOT, "%.1f s", positive.toMillis() / 1000.0);
        }
        if (positive.toMinutes() < 2) {
            return positive.toSeconds() + " s";
        }
        if (positive.toHours() < 2) {
            return positive.toMinutes() + " min";
        }
        return positive.toDays() < 2 ? positive.toHours() + " h" : positive.toDays() + " days";
    }

    /** Hours, or minutes where it is not even one hour. */
    static String hours(Duration duration) {
        return duration.toHours() < 1
                ? duration.toMinutes() + " min"
                : String.format(Locale.ROOT, "%.1f h", duration.toMinutes() / 60.0);
    }

    private static List<List<String>> table(List<String> heads, Stream<List<String>> rows) {
        List<List<String>> table = new ArrayList<>(List.of(heads));
        rows.forEach(table::add);
        return table;
    }
}
