package io.weir.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.doctor.Examination.Kernel;
import io.weir.cli.doctor.Finding.Severity;
import io.weir.posix.Mount;
import io.weir.posix.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
    private static final String WATCHES = "fs.inotify.max_user_watches";
    private static final Kernel AMPLE = new Kernel(WATCHES, 100_000, 128, 1_000_000);
    private static final InotifyUsage NONE = new InotifyUsage(0, 0, 0);

    @TempDir
    Path directory;

    @BeforeEach
    void aTree() throws IOException {
        directory = directory.toRealPath();
        Files.createDirectories(directory.resolve("a/b/c"));
        Files.createDirectories(directory.resolve("d"));
        Files.writeString(directory.resolve("a/file"), "x");
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a"));
    }

    @Test
    void aHostOnWhichAllIsSeenHasNothingButOk() {
        assertThat(examine(AMPLE, NONE, true))
                .allSatisfy(f -> assertThat(f.severity()).as(f.toString()).isEqualTo(Severity.OK))
                .extracting(Finding::message)
                .contains(
                        "5 at and below '" + directory + "', all readable",
                        "'" + directory + "' is of type ext4: all changes are seen");
    }

    @Test
    void directoriesAreComparedWithTheWatchesThatOthersLeave() {
        Finding watches = find(
                examine(new Kernel(WATCHES, 8, 128, 1_000_000), new InotifyUsage(2, 4, 5), true), "inotify watches");

        assertThat(watches.severity()).isEqualTo(Severity.BLIND);
        assertThat(watches.message())
                .isEqualTo("5 needed; fs.inotify.max_user_watches=8, of which other programs of user 'nora' hold 4:"
                        + " 1 directories would not be watched, but compared every few seconds: what happens in them is"
                        + " told late, and what comes and goes between is not seen");
        assertThat(watches.fix()).startsWith("sysctl -w fs.inotify.max_user_watches=65536 (to keep it: ");
        assertThat(find(
                                examine(new Kernel(WATCHES, 9, 128, 1_000_000), new InotifyUsage(2, 4, 5), true),
                                "inotify watches")
                        .severity())
                .as("just enough; watches of a running Weir do not count")
                .isEqualTo(Severity.OK);
        assertThat(find(
                                examine(new Kernel(WATCHES, 5, 128, 1_000_000), new InotifyUsage(2, 4, 5), false),
                                "inotify watches")
                        .severity())
                .as("one directory, without those below")
                .isEqualTo(Severity.OK);
    }

    @Test
    void noInstanceLeftMeansThatNoAgentCanStart() {
        Finding instances = find(
                examine(new Kernel(WATCHES, 100_000, 3, 1_000_000), new InotifyUsage(3, 0, 0), true),
                "inotify instances");

        assertThat(instances.severity()).isEqualTo(Severity.BLIND);
        assertThat(instances.message())
                .contains("fs.inotify.max_user_instances=3")
                .contains("holds 3");
        assertThat(instances.fix()).startsWith("sysctl -w fs.inotify.max_user_instances=1024");
    }

    @Test
    void aShortQueueIsGoodToKnow() {
        Finding queue = find(examine(new Kernel(WATCHES, 100_000, 128, 16_384), NONE, true), "inotify queue");

        assertThat(queue.severity()).isEqualTo(Severity.NOTE);
        assertThat(queue.fix()).startsWith("sysctl -w fs.inotify.max_queued_events=65536");
    }

    @Test
    void whatAnotherHostChangesIsNotSeen() {
        Examination examination = new Examination(
                AMPLE,
                NONE,
                new Mounts(List.of(
                        new Mount(1, 0, "/", "ext4"),
                        new Mount(2, 1, directory + "/a/b", "nfs4"),
                        new Mount(3, 1, directory + "/d", "fuse.sshfs"),
                        new Mount(4, 1, "/elsewhere", "cifs"))),
                "nora");

        assertThat(examination.of(List.of(directory), true))
                .filteredOn(f -> f.severity() == Severity.BLIND)
                .extracting(Finding::message)
                .satisfiesExactly(
                        m -> assertThat(m).startsWith("'" + directory + "/a/b' is of type nfs4: "),
                        m -> assertThat(m).startsWith("'" + directory + "/d' is of type fuse.sshfs: "));
        assertThat(examination.of(List.of(directory), true))
                .extracting(Finding::fix)
                .contains("run an agent on the host that has the files, or: --poll '" + directory + "/d'");
        assertThat(examination.of(List.of(directory.resolve("a/b/c")), true))
                .filteredOn(f -> f.severity() == Severity.BLIND)
                .hasSize(1);
    }

    @Test
    void whatTheKernelMakesUpTellsOfNoChange() {
        List<Finding> findings = new Examination(AMPLE, NONE, new Mounts(List.of(new Mount(1, 0, "/", "proc"))), "nora")
                .of(List.of(directory), true);

        assertThat(find(findings, "mounts").severity()).isEqualTo(Severity.BLIND);
        assertThat(find(findings, "mounts").fix()).isEqualTo("do not watch it, or: --exclude '" + directory + "'");
    }

    @Test
    void directoriesThatCannotBeReadAreCountedAndOneIsNamed() {
        Finding unreadable = new Examination(AMPLE, NONE, new Mounts(List.of()), "nora")
                .readable(Path.of("/srv"), new DirectoryCount(1_200, 3, "/srv/private"));

        assertThat(unreadable.severity()).isEqualTo(Severity.BLIND);
        assertThat(unreadable.message())
                .isEqualTo(
                        "3 of 1,200 below '/srv' cannot be read by user 'nora', such as '/srv/private': what happens in"
                                + " them is not seen");
        assertThat(unreadable.fix()).endsWith("or: setfacl -R -m u:nora:rX '/srv'");
    }

    private List<Finding> examine(Kernel kernel, InotifyUsage usage, boolean recursive) {
        return new Examination(kernel, usage, new Mounts(List.of(new Mount(1, 0, "/", "ext4"))), "nora")
                .of(List.of(directory), recursive);
    }

    private static Finding find(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(f -> f.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }
}
