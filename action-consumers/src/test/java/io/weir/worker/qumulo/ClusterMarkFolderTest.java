package io.weir.worker.qumulo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Marks on a cluster: whole, never twice, and there although answers are lost. */
class ClusterMarkFolderTest {
    private static final String MARK = "a.1.begin";

    @TempDir
    Path directory;

    TestCluster cluster;
    ClusterMarkFolder marks;

    @BeforeEach
    void open() throws Exception {
        cluster = new TestCluster(directory, "/");
        marks = cluster.marks();
    }

    @AfterEach
    void nothingIsLeftInTheStagingDirectory() {
        assertThat(cluster.staged()).isEmpty();
        cluster.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private Optional<String> content(String name) throws IOException {
        return marks.read(name).map(bytes -> new String(bytes, UTF_8));
    }

    @Test
    void aMarkAppearsAtOnceAndWhole() throws Exception {
        assertThat(marks.has(MARK)).isFalse();
        assertThat(content(MARK)).isEmpty();
        try (var told = new ToldEvents(cluster)) {
            marks.putNew(MARK, bytes("one"));
            assertThat(told.all()).containsExactly("child_file_moved_to /.weir/marks/" + MARK);
        }
        assertThat(marks.has(MARK)).isTrue();
        assertThat(content(MARK)).contains("one");
        assertThat(marks.names()).containsExactly(MARK);
    }

    @Test
    void itsDirectoriesAreTakenAwayFromOthers() throws Exception {
        List<String> directories = List.of("/.weir", "/.weir/marks", "/.weir/staging");
        directories.forEach(path -> cluster.emulator.tree().change(path, change -> change.mode(0777)));
        cluster.marks();
        assertThat(directories)
                .extracting(path -> cluster.emulator
                        .tree()
                        .state()
                        .find(path)
                        .orElseThrow()
                        .attributes()
                        .mode())
                .containsOnly(0700);
    }

    @Test
    void aNewMarkReplacesNoneAndAnotherDoes() throws Exception {
        marks.putNew(MARK, bytes("one"));
        assertThatThrownBy(() -> marks.putNew(MARK, bytes("two")))
                .isInstanceOfSatisfying(
                        PosixException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
        assertThat(content(MARK)).contains("one");
        marks.put(MARK, bytes("three"));
        assertThat(content(MARK)).contains("three");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aLostAnswerMakesNoMarkUncertain(int nth) throws Exception {
        content(MARK); // logged in
        cluster.loseAnswer(nth);
        marks.putNew(MARK, bytes("one"));
        assertThat(content(MARK)).contains("one");
        assertThat(marks.names()).containsExactly(MARK);
    }

    @Test
    void theMarksDirectoryIsMadeAnewWhenSomebodyDeletedTheStagingOne() throws Exception {
        cluster.emulator.tree().deleteTree("/.weir/staging");
        marks.put(MARK, bytes("one"));
        assertThat(content(MARK)).contains("one");
    }

    @Test
    void whileTheClusterIsAwayNoMarkIsWrittenAndThatIsSaid() throws Exception {
        cluster.emulator.faults().listening(false);
        cluster.emulator.faults().resetConnections();
        assertThatThrownBy(() -> marks.put(MARK, bytes("one")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no file is touched meanwhile");
        assertThatThrownBy(() -> cluster.marks())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("volume 'vol'");
        cluster.emulator.faults().listening(true);
        marks.put("other.1.end", bytes("two")); // and what was left is deleted
    }
}
