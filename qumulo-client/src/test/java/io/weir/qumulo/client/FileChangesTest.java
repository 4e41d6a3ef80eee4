package io.weir.qumulo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.qumulo.client.rest.Content;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.settings.Privileges;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileChangesTest {
    private static final FileRef FILE = FileRef.path("/file");

    @TempDir
    Path directory;

    private TestCluster cluster;
    private FileView files;
    private FileChanges changes;

    @BeforeEach
    void start() throws Exception {
        cluster = new TestCluster(directory);
        files = cluster.client.files();
        changes = cluster.client.changes();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                " lead and trail ",
                "100%",
                "%2F",
                "ünï☃𝄞",
                "line\nbreak",
                "tab\tquote\"back\\slash",
                "?#&=+;,:@'!$()*[]",
                "...",
                "-~_",
                "12345"
            })
    void anyNameIsMadeListedMovedAndDeleted(String name) throws Exception {
        FileAttributes made = changes.createFile(FileRef.ROOT, name);
        assertThat(made.name()).isEqualTo(name);
        assertThat(files.attributes(FileRef.path("/" + name)).id()).isEqualTo(made.id());
        assertThat(files.list(FileRef.ROOT).rest())
                .extracting(FileAttributes::path)
                .containsExactly("/" + name);
        FileAttributes in = changes.createDirectory(FileRef.ROOT, name + "'");
        FileAttributes moved = changes.rename("/" + name, FileRef.path("/" + name + "'"), name, false);
        assertThat(moved.id()).isEqualTo(made.id());
        assertThat(files.path(made.id())).isEqualTo("/" + name + "'/" + name);
        changes.delete(FileRef.path(moved.path()));
        changes.delete(in.ref());
        assertThat(files.list(FileRef.ROOT).rest()).isEmpty();
    }

    @Test
    void namesEndAt255Bytes() throws Exception {
        String longest = "ü".repeat(127) + "x";
        assertThat(longest.getBytes(UTF_8)).hasSize(255);
        FileAttributes made = changes.createFile(FileRef.ROOT, longest);
        assertThat(files.attributes(FileRef.path("/" + longest)).id()).isEqualTo(made.id());
        QumuloException e = failure(() -> changes.createFile(FileRef.ROOT, longest + "x"));
        assertThat(e.reason()).isEqualTo(Reason.INVALID);
        assertThat(e.errorClass()).isEqualTo("fs_name_size_error");
    }

    @Test
    void whatIsThereAlreadyIsSaidSo() throws Exception {
        changes.createFile(FileRef.ROOT, "file");
        changes.createFile(FileRef.ROOT, "other");
        assertThat(failure(() -> changes.createFile(FileRef.ROOT, "file")).reason())
                .isEqualTo(Reason.EXISTS);
        QumuloException e = failure(() -> changes.rename("/other", FileRef.ROOT, "file", false));
        assertThat(e.reason()).isEqualTo(Reason.EXISTS);
        assertThat(e.mayHaveBeenCarriedOut()).isFalse();
        changes.rename("/other", FileRef.ROOT, "file", true);
        assertThat(files.list(FileRef.ROOT).rest()).hasSize(1);
    }

    @Test
    void aSymbolicLinkIsOne() throws Exception {
        assertThat(changes.createSymlink(FileRef.ROOT, "link", "a b/../c").kind())
                .isEqualTo(FileKind.SYMLINK);
    }

    @Test
    void aDirectoryHasToBeEmptyUnlessTheTreeIsMeant() throws Exception {
        FileAttributes in = changes.createDirectory(FileRef.ROOT, "in");
        changes.createFile(in.ref(), "file");
        assertThat(failure(() -> changes.delete(in.ref())).reason()).isEqualTo(Reason.NOT_EMPTY);
        changes.deleteTree(in.ref());
        assertThat(files.find(in.ref())).isEmpty();
        assertThat(failure(() -> changes.delete(in.ref())).reason()).isEqualTo(Reason.NOT_THERE);
    }

    @Test
    void aTreeIsDeletedOnlyWithThePrivilege() throws Exception {
        FileAttributes in = changes.createDirectory(FileRef.ROOT, "in");
        cluster.emulator.accounts().withdraw(Privileges.FS_DELETE_TREE_WRITE);
        assertThat(failure(() -> changes.deleteTree(in.ref())).reason()).isEqualTo(Reason.PRIVILEGE_MISSING);
    }

    @Test
    void attributesAreSetAndTheOthersStay() throws Exception {
        changes.createFile(FileRef.ROOT, "file");
        Instant time = Instant.parse("2026-02-03T04:05:06.000000007Z");
        FileAttributes set = changes.setAttributes(
                FILE, new AttributeChange().mode(02640).uid(1001).gid(1002).modified(time));
        assertThat(set.mode()).isEqualTo(02640);
        assertThat(set.owner().number()).hasValue(1001);
        assertThat(set.group().number()).hasValue(1002);
        assertThat(set.times().modified()).isEqualTo(time);
        FileAttributes then = changes.setAttributes(FILE, new AttributeChange().size(9));
        assertThat(then.mode()).isEqualTo(02640);
        assertThat(then.size()).isEqualTo(9);
    }

    @Test
    void anOwnerThatWasToldIsGivenToAnother() throws Exception {
        FileAttributes one = changes.createFile(FileRef.ROOT, "file");
        FileAttributes other = changes.createFile(FileRef.ROOT, "other");
        changes.setAttributes(other.ref(), new AttributeChange().uid(7));
        Principal owner = changes.setAttributes(other.ref(), new AttributeChange().owner(one.owner()))
                .owner();
        assertThat(owner).isEqualTo(one.owner());
    }

    @Test
    void anEtagHoldsUntilSomebodyElseChangesTheFile() throws Exception {
        changes.createFile(FileRef.ROOT, "file");
        String etag = files.attributes(FILE).etag();
        String next = changes.setAttributes(FILE, new AttributeChange().mode(0600), etag)
                .etag();
        changes.write(FILE, Content.of("a".getBytes(UTF_8)), next);
        QumuloException e = failure(() -> changes.setAttributes(FILE, new AttributeChange().mode(0), next));
        assertThat(e.reason()).isEqualTo(Reason.CHANGED);
        assertThat(e.httpCode()).isEqualTo(412);
        assertThat(failure(() -> changes.write(FILE, Content.of(new byte[0]), next))
                        .reason())
                .isEqualTo(Reason.CHANGED);
        assertThat(files.attributes(FILE).mode()).isEqualTo(0600);
    }

    @Test
    void dataIsWrittenAsAWholeOrInPart() throws Exception {
        byte[] bytes = new byte[3 << 20];
        new Random(7).nextBytes(bytes);
        FileAttributes made = changes.createFile(FileRef.ROOT, "file");
        changes.write(FILE, Content.of(Files.write(directory.resolve("source"), bytes)));
        changes.writeAt(FILE, 1 << 20, Content.of("middle".getBytes(UTF_8)));
        System.arraycopy("middle".getBytes(UTF_8), 0, bytes, 1 << 20, 6);
        assertThat(data(FILE)).isEqualTo(bytes);
        assertThat(files.attributes(FILE).dataRevision()).isNotEqualTo(made.dataRevision());
        changes.write(FILE, Content.of(new byte[0]));
        assertThat(data(FILE)).isEmpty();
    }

    @Test
    void contentThatCannotBeReadIsNoFaultOfTheCluster() throws Exception {
        changes.createFile(FileRef.ROOT, "file");
        Path source = Files.writeString(directory.resolve("source"), "abc");
        Content content = Content.of(source);
        Files.writeString(source, "a");
        QumuloException e = failure(() -> changes.write(FILE, content));
        assertThat(e.reason()).isEqualTo(Reason.OTHER);
        assertThat(e).hasMessageContaining("what was to be sent cannot be read: it is shorter than it was");
        assertThat(cluster.pauses).isEmpty();
    }

    @Test
    void aCopyIsMadeInsideTheCluster() throws Exception {
        FileRef copy = fileAndCopy();
        changes.copy(copy, CopyChunk.of(FILE));
        assertThat(data(copy)).asString(UTF_8).isEqualTo("some data");
        CopyChunk part = CopyChunk.of(files.attributes(FILE).ref()).part(5, 9, 4);
        assertThat(changes.copyChunk(copy, part).isDone()).isTrue();
        assertThat(data(copy)).asString(UTF_8).isEqualTo("some datadata");
    }

    @Test
    void whatIsLeftToCopyIsAskedForAsTheClusterSays() throws Exception {
        FileRef copy = fileAndCopy();
        String left = "{\"source_path\":\"/file\",\"source_offset\":\"5\",\"target_offset\":\"5\",\"length\":\"4\"}";
        cluster.emulator.faults().answerNext(1, Answer.json(200, left));
        changes.copy(copy, CopyChunk.of(FILE));
        assertThat(data(copy)).asString(UTF_8).isEqualTo("\0\0\0\0\0data");
        cluster.emulator.faults().answerNext(2, Answer.json(200, left));
        assertThat(failure(() -> changes.copy(copy, CopyChunk.of(FILE)))).hasMessageContaining("gets no further");
    }

    @Test
    void aCopyIsOfOneVersionOfItsSource() throws Exception {
        FileRef copy = fileAndCopy();
        Snapshot snapshot = cluster.client.snapshots().createLasting("2", "s");
        CopyChunk then = CopyChunk.of(FILE).ifSourceIs(files.attributes(FILE).etag());
        changes.write(FILE, Content.of("news".getBytes(UTF_8)));
        assertThat(failure(() -> changes.copy(copy, then)).reason()).isEqualTo(Reason.CHANGED);
        changes.copy(copy, CopyChunk.of(FILE).ofSnapshot(snapshot));
        assertThat(data(copy)).asString(UTF_8).isEqualTo("some data");
    }

    private FileRef fileAndCopy() throws Exception {
        changes.createFile(FileRef.ROOT, "file");
        changes.write(FILE, Content.of("some data".getBytes(UTF_8)));
        return FileRef.path(changes.createFile(FileRef.ROOT, "copy").path());
    }

    @Test
    void userMetadataIsSetReplacedAndTakenAway() throws Exception {
        changes.createFile(FileRef.ROOT, "file");
        changes.putMetadata(FILE, MetadataType.S3, "k", "one".getBytes(UTF_8));
        changes.putMetadata(FILE, MetadataType.S3, "k", "two".getBytes(UTF_8));
        assertThat(files.metadata(FILE, MetadataType.S3, "k").orElseThrow())
                .asString(UTF_8)
                .isEqualTo("two");
        changes.deleteMetadata(FILE, MetadataType.S3, "k");
        assertThat(failure(() -> changes.deleteMetadata(FILE, MetadataType.S3, "k"))
                        .reason())
                .isEqualTo(Reason.NOT_THERE);
    }

    private byte[] data(FileRef file) throws Exception {
        try (InputStream in = files.data(file)) {
            return in.readAllBytes();
        }
    }

    private static QumuloException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(QumuloException.class, call);
    }

    @Test
    void anAccessListIsGivenToAnotherFileAsItIs() throws Exception {
        cluster.emulator.tree().createFile("/file");
        cluster.emulator.tree().createFile("/other");
        assertThat(files.accessList(FILE).isGenerated()).isTrue();
        cluster.emulator
                .tree()
                .change(
                        "/other",
                        change ->
                                change.acl("{\"control\":[\"PRESENT\"],\"posix_special_permissions\":[],\"aces\":[]}"));

        changes.setAccessList(FILE, files.accessList(FileRef.path("/other")));

        assertThat(files.accessList(FILE).isGenerated()).isFalse();
        var state = cluster.emulator.tree().state();
        assertThat(state.find("/file").orElseThrow().attributes().acl())
                .isEqualTo(state.find("/other").orElseThrow().attributes().acl());
    }

    @Test
    void aGuardIsAskedBeforeEachAttemptToSend() throws Exception {
        cluster.emulator.tree().createFile("/file");
        files.attributes(FILE); // logs in
        var asked = new AtomicInteger();
        cluster.emulator.faults().unavailable(2);
        cluster.client.changes(asked::incrementAndGet).delete(FILE);
        assertThat(asked).hasValue(3);
    }

    @Test
    void whatAGuardForbidsIsNotSent() {
        cluster.emulator.tree().createFile("/file");
        FileChanges guarded = cluster.client.changes(() -> {
            throw new IllegalStateException("not now");
        });
        assertThatThrownBy(() -> guarded.delete(FILE)).hasMessage("not now");
        assertThat(cluster.count("DELETE")).isZero();
    }
}
