package io.weir.cli.qumulo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.ComponentStatus;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.topic.ComponentTexts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private long now = TimeUnit.HOURS.toNanos(1);
    private final Heartbeats heartbeats = new Heartbeats(() -> now);
    private final BeginMark mark = new BeginMark("a", 1, "nas", "c", 1, "w", "/lock/1", List.of());

    private void worker(String lock, String state) {
        heartbeats.take(status("worker", "w", state, Map.of(ComponentTexts.LOCK, lock)));
    }

    private static ComponentStatus status(String kind, String id, String state, Map<String, String> texts) {
        return ComponentStatus.newBuilder()
                .setKind(kind)
                .setId(id)
                .setVersion("1")
                .setHost("h")
                .setStartedAt(Instant.EPOCH)
                .setReportedAt(Instant.EPOCH)
                .setState(state)
                .setTexts(texts)
                .build();
    }

    /** Others report, so that there is something to read. */
    private void pass(long seconds) {
        for (long i = 0; i < seconds; i++) {
            now += TimeUnit.SECONDS.toNanos(1);
            heartbeats.take(status("agent", "x", "running", Map.of()));
        }
    }

    @Test
    void aWorkerThatReportsLives() {
        for (int i = 0; i < 30; i++) {
            worker("/lock/1", "running");
            assertThat(heartbeats.alive(mark)).isTrue();
            pass(5);
        }
    }

    @Test
    void aWorkerThatFallsSilentIsDeadAfterAMinute() {
        worker("/lock/1", "running");
        pass(59);
        assertThat(heartbeats.alive(mark)).isTrue();
        pass(62);
        assertThat(heartbeats.alive(mark)).isFalse();
    }

    @Test
    void aWorkerThatWasNeverHeardIsGivenItsMinute() {
        assertThat(heartbeats.alive(mark)).isTrue();
        pass(59);
        assertThat(heartbeats.alive(mark)).isTrue();
        pass(3);
        assertThat(heartbeats.alive(mark)).isFalse();
    }

    @Test
    void aWorkerThatSaysThatItStoppedIsDead() {
        worker("/lock/1", "stopped");
        assertThat(heartbeats.alive(mark)).isFalse();
    }

    @Test
    void anotherProcessOfTheWorkerMeansThatThisOneIsDead() {
        worker("/lock/1", "running");
        assertThat(heartbeats.alive(mark)).isTrue();
        pass(1);
        worker("/lock/2", "running");
        assertThat(heartbeats.alive(mark)).isFalse();
    }

    @Test
    void aMarkThatIsNewerThanTheLastHeartbeatIsNotJudgedByIt() {
        worker("/lock/0", "running");
        pass(1);
        assertThat(heartbeats.alive(mark)).as("it has just begun").isTrue();
        worker("/lock/1", "running");
        assertThat(heartbeats.alive(mark)).isTrue();
    }

    @Test
    void whileNothingCanBeReadAllLive() {
        worker("/lock/1", "running");
        assertThat(heartbeats.alive(mark)).isTrue();
        now += TimeUnit.MINUTES.toNanos(10);
        assertThat(heartbeats.alive(mark)).isTrue();
        pass(59);
        assertThat(heartbeats.alive(mark)).as("it may have reported meanwhile").isTrue();
        pass(62);
        assertThat(heartbeats.alive(mark)).isFalse();
    }
}
