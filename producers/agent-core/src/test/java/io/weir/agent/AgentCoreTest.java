package io.weir.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.baseline.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCoreTest {
    @TempDir
    Path directory;

    private final FakeFiles files = new FakeFiles("vol");
    private final FakeSource source = new FakeSource(files);
    private final FakeOutlet outlet = new FakeOutlet();

    private AgentConfig config() {
        return AgentConfig.of("agent-1", "host-1", directory.resolve("data"));
    }

    private AgentCore started(FakeOutlet to) {
        AgentCore core = AgentCore.open(config(), source, to);
        core.start();
        return core;
    }

    private static void awaitEvents(FakeOutlet at, int events) {
        awaitThat(() -> assertThat(at.events()).hasSizeGreaterThanOrEqualTo(events));
    }

    private static void awaitThat(ThrowingRunnable check) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(check);
    }

    private static long[] sequences(FakeOutlet at) {
        return at.events().stream().mapToLong(SpooledEvent::sequence).toArray();
    }

    @Test
    void aFirstStartIsSilentAndWhatHappensThenIsPublishedInOrder() {
        files.drop("/old", 1);
        try (AgentCore core = started(outlet)) {
            files.drop("/new", 10);
            files.move("/new", "/newer");
            files.delete("/old");
            source.drain();
            awaitEvents(outlet, 5);
            assertThat(outlet.lines())
                    .containsExactly(
                            "created /new", "modified /new", "written /new", "moved /new -> /newer", "deleted /old");
            assertThat(sequences(outlet)).containsExactly(1, 2, 3, 4, 5);
            assertThat(core.status().state()).isEqualTo("running");
        }
    }

    @Test
    void afterAKillNothingIsLostAndWhatWasNotAcknowledgedComesAgainWithItsIds() {
        outlet.acknowledging(false);
        try (AgentCore killed = started(outlet)) {
            IntStream.range(0, 1000).forEach(i -> files.drop("/f" + i, i));
            source.drain();
            awaitEvents(outlet, 3000);
            assertThat(killed.status().figure("spool-events")).isEqualTo(3000);
            // The store as a kill would leave it: what is committed, and nothing of what close() writes.
            Copies.copy(directory.resolve("data"), directory.resolve("copy"));
        }
        FakeOutlet second = new FakeOutlet();
        IntStream.range(0, 100).forEach(i -> files.drop("/while-down" + i, i));
        AgentConfig copy = AgentConfig.of("agent-1", "host-1", directory.resolve("copy"));
        try (AgentCore core = AgentCore.open(copy, source, second)) {
            core.start();
            awaitEvents(second, 3000 + 1 + 200);
            assertThat(second.events().subList(0, 3000))
                    .isEqualTo(outlet.events().subList(0, 3000));
            assertThat(sequences(second))
                    .containsExactly(LongStream.rangeClosed(1, 3201).toArray());
            assertThat(second.lines().get(3000)).isEqualTo("gap /");
            assertThat(second.lines())
                    .filteredOn(l -> l.startsWith("written /while-down"))
                    .hasSize(100)
                    .allMatch(l -> l.endsWith("?"));
            awaitThat(() -> assertThat(core.status().figure("spool-events")).isZero());
        }
    }

    @Test
    void aSecondAgentOverTheSameDataDirectoryIsRefused() {
        try (AgentCore core = started(outlet)) {
            assertThatThrownBy(() -> AgentCore.open(config(), source, outlet))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another agent uses it");
            assertThat(core.status().healthy()).isTrue();
        }
    }

    @Test
    void figuresAddUp() {
        try (AgentCore core = started(outlet)) {
            files.drop("/a", 1);
            files.chmod("/a", 0600);
            source.drain();
            files.write("/a", 2);
            files.chmod("/a", 0600);
            files.chmod("/a", 0600);
            files.close("/a");
            source.drain();
            AgentStatus status = core.status();
            assertThat(status.figure("changes-read"))
                    .isEqualTo(status.figure("changes-published")
                            + status.figure("changes-coalesced")
                            + status.figure("changes-no-news")
                            + status.figure("changes-left-to-action")
                            + status.figure("changes-not-asked"));
            assertThat(status.figure("events-published"))
                    .isEqualTo(status.figure("changes-published") + status.figure("events-derived"))
                    .isEqualTo(status.figure("events-foreign") + status.figure("events-own"));
            awaitThat(() -> assertThat(core.status().figure("events-delivered"))
                    .isEqualTo(core.status().figure("events-published")));
        }
    }

    @Test
    void aFullSpoolMakesTheSourceWaitAndIsToldAsAGap() throws InterruptedException {
        outlet.acknowledging(false);
        AgentConfig small = config().withSpoolBytes(1 << 20).withCloseTimeout(Duration.ZERO);
        try (AgentCore core = AgentCore.open(small, source, outlet)) {
            core.start();
            IntStream.range(0, 10_000).forEach(i -> files.create("/file-with-a-rather-long-name-" + i));
            source.drain();
            assertThat(core.status().figure("spool-bytes")).isGreaterThan(1 << 20);
            files.create("/last");
            Thread waiting = new Thread(source::drain);
            waiting.start();
            awaitThat(() -> assertThat(core.status().cause())
                    .hasValueSatisfying(c -> assertThat(c).contains("the spool is full")));
            awaitEvents(outlet, 10_000);
            outlet.acknowledging(true);
            outlet.acknowledgeAll();
            waiting.join(10_000);
            awaitEvents(outlet, 10_002);
            assertThat(outlet.lines().subList(10_000, 10_002)).containsExactly("gap /", "created /last");
        }
    }

    @Test
    void statusIsReportedAtOnceAndAtTheEnd() {
        try (AgentCore core = started(outlet)) {
            awaitThat(() -> assertThat(outlet.reports()).isNotEmpty());
            assertThat(core.status().state()).isEqualTo("running");
        }
        assertThat(outlet.reports().get(outlet.reports().size() - 1).getState()).isEqualTo("stopped");
        assertThat(List.copyOf(outlet.reports()).get(0).getKind()).isEqualTo("agent");
    }

    @Test
    void inMemoryItNeedsNoDirectory() {
        try (AgentCore core = AgentCore.open(AgentConfig.inMemory("a", "h"), source, outlet)) {
            core.start();
            IntStream.range(0, 20_000).forEach(i -> files.create("/f" + i));
            source.drain();
            awaitEvents(outlet, 20_000);
            assertThat(core.status().healthy()).isTrue();
        }
    }
}
