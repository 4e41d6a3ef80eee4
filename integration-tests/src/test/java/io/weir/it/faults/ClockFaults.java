package io.weir.it.faults;

import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What befalls clocks, while the processes run. */
final class ClockFaults {
    private static final Duration JUMP = Duration.ofHours(2);
    private static final List<String> PARTS = List.of(Installation.AGENT, "f0", "w0");
    private static final Duration LASTS = Duration.ofSeconds(20);

    private final Installation installation;
    private final Path directory;
    private final Map<String, ClockShift> clocks = new HashMap<>();
    private int broker;

    /** @param directory for what processes read their clock's error from */
    ClockFaults(Installation installation, Path directory) {
        this.installation = installation;
        this.directory = directory;
    }

    /** Starts the parts anew, each with a clock that can be set. */
    private void prepareParts() {
        if (clocks.containsKey(PARTS.get(0))) {
            return;
        }
        for (String name : PARTS) {
            ClockShift clock = clocks.computeIfAbsent(name, n -> new ClockShift(directory, n));
            Part part = installation.part(name);
            part.environment(clock.environment());
            part.stop();
            part.start();
            part.awaitReady();
        }
    }

    private void setParts(Duration error) {
        PARTS.forEach(name -> clock(name).set(error));
    }

    Fault partsAhead() {
        return parts(
                "clocks-ahead",
                "the clocks of agent, one filter and one worker jump two hours ahead, and back",
                JUMP,
                "ahead");
    }

    Fault partsBehind() {
        return parts("clocks-behind", "they jump two hours back, and ahead again", JUMP.negated(), "behind");
    }

    private Fault parts(String name, String what, Duration jump, String word) {
        return Fault.survived(name, what, () -> setParts(jump), () -> setParts(Duration.ZERO))
                .after(this::prepareParts)
                .lasting(LASTS)
                .saying(Words.status("agent a .*its clock is 2\\.0 h " + word));
    }

    private void prepareBroker() {
        if (broker == 0) {
            broker = installation.brokers().follower();
            ClockShift clock = new ClockShift(directory, "broker");
            clocks.put("broker", clock);
            installation.brokers().environment(broker, clock.environment());
            installation.brokers().stop(broker);
            installation.brokers().start(broker);
            installation.brokers().awaitInSync();
            // The times by which statuses are dated are those of the leader of their topic.
            while (installation.brokers().leaderOf(Topics.COMPONENTS) != broker) {
                installation.brokers().moveLeaders();
            }
        }
    }

    Fault brokerAhead() {
        return Fault.survived(
                        "broker-clock-ahead",
                        "the clock of one broker jumps two hours ahead, and back",
                        () -> clock("broker").set(JUMP),
                        () -> clock("broker").set(Duration.ZERO))
                .after(this::prepareBroker)
                .lasting(LASTS)
                .saying(Words.status("filter f1 .*its clock is 2\\.0 h behind"));
    }

    private ClockShift clock(String name) {
        return Objects.requireNonNull(clocks.get(name), name);
    }
}
