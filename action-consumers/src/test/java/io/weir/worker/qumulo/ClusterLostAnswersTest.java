package io.weir.worker.qumulo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.worker.Step;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.VolumeFiles.CopyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A request or its answer is lost, at each change that a step makes: the step, or the next one, does it, and once. */
class ClusterLostAnswersTest {
    private static final CopyOptions COPY = new CopyOptions(true, false, true, false);

    @TempDir
    Path directory;

    TestCluster cluster;
    ClusterFiles files;
    ToldEvents told;

    @BeforeEach
    void start() throws Exception {
        cluster = new TestCluster(directory, "/");
        cluster.marks();
        files = cluster.files();
        var user = cluster.user();
        user.directory("/d");
        user.write("/d/x", "content");
        user.write("/d/y", "other");
        told = new ToldEvents(cluster);
    }

    @AfterEach
    void stop() throws Exception {
        told.close();
        cluster.close();
    }

    private String id(String path) throws IOException {
        return files.find(path).orElseThrow().fileId();
    }

    /** A step on what is there. */
    private Step step(String operation) throws IOException {
        return switch (operation) {
            case "move" -> files.move("/d/x", "/moved", id("/d/x"));
            case "replace" -> files.replace("/d/x", "/d/y", id("/d/x"), id("/d/y"));
            case "set" -> files.set(files.find("/d/x").orElseThrow(), Map.of("mode", "0600", "uid", "7"));
            case "make directory" -> files.makeDirectory("/made", 0750);
            case "write" -> files.write("/written", () -> new byte[] {1});
            case "copy" -> files.copies(files, COPY).copy(files.find("/d/x").orElseThrow(), "/copy");
            case "remove" -> files.remove("/d/x", id("/d/x"));
            case "remove tree" -> files.removeTree("/d", id("/d"));
            default -> throw new IllegalArgumentException(operation);
        };
    }

    private record Case(String operation, List<String> events, int changes) {}

    private static final List<Case> CASES = List.of(
            new Case("move", List.of("child_file_moved_from /d/x", "child_file_moved_to /moved"), 1),
            new Case(
                    "replace",
                    List.of("child_file_removed /d/y", "child_file_moved_from /d/x", "child_file_moved_to /d/y"),
                    1),
            new Case("set", List.of("child_owner_changed /d/x", "child_acl_changed /d/x"), 1),
            new Case("make directory", List.of("child_dir_moved_to /made"), 3),
            new Case("write", List.of("child_file_moved_to /written"), 4),
            new Case("copy", List.of("child_file_moved_to /copy"), 5),
            new Case("remove", List.of("child_file_removed /d/x"), 1),
            new Case(
                    "remove tree",
                    List.of("child_file_removed /d/x", "child_file_removed /d/y", "child_dir_removed /d"),
                    3));

    static Stream<Arguments> losses() {
        return CASES.stream().flatMap(each -> Stream.iterate(1, n -> n <= each.changes(), n -> n + 1)
                .flatMap(nth -> Stream.of(true, false).map(answer -> Arguments.of(each, nth, answer))));
    }

    static Stream<Case> cases() {
        return CASES.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aStepIsToldAsWhatItDeclares(Case each) throws Exception {
        int[] changes = {0};
        cluster.beforeChange(() -> changes[0]++);
        step(each.operation()).run();
        assertThat(told.ofFiles()).containsExactlyInAnyOrderElementsOf(each.events());
        assertThat(changes[0]).as("changes that are sent").isEqualTo(each.changes());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void whatIsLostIsDoneOnceAllTheSame(Case each, int nth, boolean answer) throws Exception {
        Step step = step(each.operation());
        int[] changes = {0};
        cluster.beforeChange(() -> {
            if (++changes[0] == nth) {
                lose(answer);
            }
        });
        runToItsEnd(step);
        cluster.beforeChange(() -> {});

        if (each.operation().equals("write")) {
            assertThatThrownBy(step::run).hasMessageContaining("EEXIST");
        } else {
            assertThat(step.run()).as("found done").isEmpty();
        }
        assertThat(cluster.staged()).isEmpty();
        assertThat(told.ofFiles()).containsExactlyInAnyOrderElementsOf(each.events());
    }

    private void lose(boolean answer) {
        if (answer) {
            cluster.emulator.faults().loseAnswers(1);
        } else {
            cluster.emulator.faults().loseRequests(1);
        }
    }

    /** As the worker does: attempt after attempt, while there is hope. */
    private static void runToItsEnd(Step step) throws Exception {
        for (int attempt = 1; !isOver(step); attempt++) {
            assertThat(attempt).as("attempts").isLessThan(3);
        }
    }

    private static boolean isOver(Step step) throws Exception {
        try {
            Optional<Step.Applied> unused = step.run();
            return true;
        } catch (IOException | UnableToWorkException e) {
            return false;
        }
    }
}
