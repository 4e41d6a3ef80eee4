package io.weir.agent.qumulo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.settings.OverflowForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to the stream, in the end the events have told the tree as it is. */
@Timeout(60)
class TroubleTest {
    @TempDir
    Path directory;

    private static Arguments trouble(String name, Consumer<QumuloEmulator> cause) {
        return Arguments.argumentSet(name, cause);
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                trouble("reset", cluster -> cluster.faults().resetStreams()),
                trouble("end", cluster -> cluster.faults().endStreams()),
                trouble("end within a line", cluster -> cluster.faults().endStreamsInMidLine()),
                trouble("cut", cluster -> cluster.faults().cutStreams()),
                trouble("silence", cluster -> cluster.faults().silence(true)),
                trouble("overflow at the next request", cluster -> {
                    cluster.switches().overflowForm(OverflowForm.NEXT_REQUEST);
                    cluster.faults().overflowStreams();
                }),
                trouble("overflow as an error line", cluster -> {
                    cluster.switches().overflowForm(OverflowForm.ERROR_LINE);
                    cluster.faults().overflowStreams();
                }),
                trouble("overflow as a plain line", cluster -> {
                    cluster.switches().overflowForm(OverflowForm.PLAIN_LINE);
                    cluster.faults().overflowStreams();
                }),
                trouble("expired token", cluster -> {
                    cluster.faults().expireTokens();
                    cluster.faults().resetStreams();
                }),
                trouble("503", cluster -> {
                    cluster.faults().unavailable(3);
                    cluster.faults().resetStreams();
                }),
                trouble("401 without a reason", cluster -> {
                    cluster.faults().unauthorized(2);
                    cluster.faults().resetStreams();
                }),
                trouble("lost answers", cluster -> {
                    cluster.faults().loseAnswers(6);
                    cluster.faults().resetStreams();
                }),
                trouble("lost requests", cluster -> {
                    cluster.faults().loseRequests(6);
                    cluster.faults().resetStreams();
                }),
                trouble("refused connections", cluster -> {
                    cluster.faults().refuseConnections(5);
                    cluster.faults().resetConnections();
                }));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void nothingIsMissedAndNothingToldThatIsNotTrue(Consumer<QumuloEmulator> cause) throws Exception {
        try (var cluster = QumuloEmulator.start();
                var agent = new ClusterAgent(cluster, directory, ClusterAgent.SETTINGS)) {
            cluster.switches().keepalive(Duration.ofMillis(500));
            agent.start();
            change(cluster, "/before");
            cause.accept(cluster);
            change(cluster, "/meanwhile");
            agent.broken(1);
            cluster.faults().clear();
            agent.followsAgainAfter(1);
            change(cluster, "/after");
            agent.caughtUp();
            assertThat(agent.mirror().faults()).isEmpty();
            assertThat(agent.mirror().paths()).isEqualTo(agent.paths());
        }
    }

    static Stream<Arguments> dialects() {
        return Stream.of(
                trouble("text/event-stream", cluster -> cluster.switches().contentType("text/event-stream")),
                trouble("crlf", cluster -> cluster.switches().crlf(true)),
                trouble("chunks", cluster -> cluster.switches().chunkBytes(7)),
                trouble("one event an array", cluster -> cluster.switches().eventsInArray(1)),
                trouble("spine from the root", cluster -> cluster.switches().spineFromRoot(true)),
                trouble(
                        "unknown keys and types",
                        cluster -> cluster.switches().unknownKey(true).unknownType(true)),
                trouble("times of directories", cluster -> cluster.switches().parentTimes(true)),
                trouble("small pages", cluster -> cluster.switches().pageLimit(3)),
                trouble("JSON with 401", cluster -> cluster.switches().jsonUnauthorized(true)),
                trouble("streams end with the token", cluster -> cluster.switches()
                        .streamsEndWithToken(true)),
                trouble("clock ahead", cluster -> cluster.clock().skew(Duration.ofMinutes(7))),
                trouble("clock behind", cluster -> cluster.clock().skew(Duration.ofMinutes(-7))));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void everyWayInWhichAClusterMaySpeakIsUnderstood(Consumer<QumuloEmulator> dialect) throws Exception {
        try (var cluster = QumuloEmulator.start();
                var agent = new ClusterAgent(cluster, directory, ClusterAgent.SETTINGS)) {
            dialect.accept(cluster);
            agent.start();
            change(cluster, "/before");
            agent.caughtUp();
            cluster.faults().resetStreams();
            change(cluster, "/meanwhile");
            agent.followsAgainAfter(1);
            change(cluster, "/after");
            agent.caughtUp();
            assertThat(agent.mirror().faults()).isEmpty();
            assertThat(agent.mirror().paths()).isEqualTo(agent.paths());
        }
    }

    private static void change(QumuloEmulator cluster, String directory) {
        var tree = cluster.tree();
        tree.createDirectories(directory + "/sub");
        for (int i = 0; i < 20; i++) {
            tree.createFile(directory + "/sub/ü" + i);
            tree.write(directory + "/sub/ü" + i, "text".getBytes(UTF_8));
        }
        tree.rename(directory + "/sub/ü1", directory + "/ü1");
        tree.delete(directory + "/sub/ü2");
        tree.rename(directory + "/sub", directory + "/renamed");
        tree.change(directory + "/renamed/ü3", change -> change.mode(0600));
    }
}
