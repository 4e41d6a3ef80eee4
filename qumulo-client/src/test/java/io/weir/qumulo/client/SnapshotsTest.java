package io.weir.qumulo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.qumulo.client.TreeChange.Op;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.qumulo.emulator.settings.Privileges;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    private static final Instant LATER = Instant.parse("2090-01-01T00:00:00Z");

    private TestCluster cluster;
    private Snapshots snapshots;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        cluster = new TestCluster(directory);
        snapshots = cluster.client.snapshots();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void oneIsTakenListedAndDeleted() throws Exception {
        Snapshot taken = snapshots.create("2", "weir-1", LATER);
        assertThat(taken.name()).isEqualTo(taken.id() + "_weir-1");
        assertThat(taken.sourceId()).isEqualTo("2");
        assertThat(taken.expiration()).isEqualTo(LATER);
        Snapshot lasting = snapshots.createLasting("2", "weir-2");
        assertThat(lasting.expiration()).isEqualTo(Instant.MAX);
        assertThat(snapshots.list()).containsExactly(taken, lasting);
        snapshots.delete(taken.id());
        assertThat(snapshots.find(taken.id()).orElseThrow().inDelete()).isTrue();
        assertThat(snapshots.find(lasting.id())).contains(lasting);
        assertThat(snapshots.find(99)).isEmpty();
        assertThat(failure(() -> snapshots.delete(99)).reason()).isEqualTo(Reason.NOT_THERE);
    }

    @Test
    void filesAreReadAsASnapshotHasThem() throws Exception {
        cluster.emulator.tree().createFile("/file");
        cluster.emulator.tree().write("/file", "old".getBytes(UTF_8));
        FileView then = cluster.client.filesOf(snapshots.createLasting("2", "s"));
        cluster.emulator.tree().write("/file", "newer".getBytes(UTF_8));
        cluster.emulator.tree().rename("/file", "/renamed");
        FileAttributes file = then.attributes(FileRef.path("/file"));
        assertThat(file.size()).isEqualTo(3);
        assertThat(then.list(FileRef.ROOT).rest())
                .extracting(FileAttributes::name)
                .containsExactly("file");
        assertThat(then.path(file.id())).isEqualTo("/file");
        assertThat(cluster.client.files().path(file.id())).isEqualTo("/renamed");
        try (InputStream data = then.data(FileRef.path("/file"))) {
            assertThat(data.readAllBytes()).asString(UTF_8).isEqualTo("old");
        }
    }

    @Test
    void changesSinceAnOlderOneComeInPages() throws Exception {
        cluster.emulator.tree().createDirectory("/in");
        cluster.emulator.tree().createFile("/in/old");
        long older = snapshots.createLasting("2", "older").id();
        var expected = new HashSet<TreeChange>();
        for (int i = 0; i < 2500; i++) {
            String path = "/in/new\n%ü " + i;
            cluster.emulator.tree().createFile(path);
            expected.add(new TreeChange(Op.CREATE, path, false));
        }
        cluster.emulator.tree().delete("/in/old");
        cluster.emulator.tree().createDirectory("/made");
        expected.add(new TreeChange(Op.DELETE, "/in/old", false));
        expected.add(new TreeChange(Op.CREATE, "/made", true));
        long newer = snapshots.createLasting("2", "newer").id();
        Pages<TreeChange> pages = snapshots.changes(newer, older);
        assertThat(pages.next().orElseThrow()).hasSize(1000);
        assertThat(new HashSet<>(snapshots.changes(newer, older, 999).rest())).containsAll(expected);
        assertThat(cluster.count("GET /v2/snapshots/" + newer)).isEqualTo(4);
    }

    @Test
    void whatCannotBeComparedIsSaidSo() throws Exception {
        long only = snapshots.createLasting("2", "only").id();
        assertThat(failure(snapshots.changes(only, 99)::next).reason()).isEqualTo(Reason.NOT_THERE);
        cluster.emulator.accounts().withdraw(Privileges.SNAPSHOT_DIFFERENCE_READ);
        assertThat(failure(snapshots.changes(only, only)::next).reason()).isEqualTo(Reason.PRIVILEGE_MISSING);
    }

    private static QumuloException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(QumuloException.class, call);
    }
}
