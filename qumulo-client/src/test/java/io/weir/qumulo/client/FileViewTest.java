package io.weir.qumulo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.tree.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileViewTest {
    private static final FileRef FILE = FileRef.path("/in/file");

    private TestCluster cluster;
    private FileView files;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        cluster = new TestCluster(directory);
        files = cluster.client.files();
        cluster.emulator.tree().createDirectory("/in");
        cluster.emulator.tree().createFile("/in/file");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void attributesAreAllThatAStatNeeds() throws Exception {
        Instant time = Instant.parse("2026-02-03T04:05:06.123456789Z");
        cluster.emulator.tree().write("/in/file", "12345".getBytes(UTF_8));
        cluster.emulator.tree().link("/in/file", "/", "other");
        cluster.emulator.tree().change("/in/file", change -> change.mode(04750)
                .owner(Identity.uid("1001"))
                .group(Identity.gid("1002"))
                .modified(time)
                .accessed(time.plusNanos(1))
                .created(time.plusNanos(2))
                .changed(time.plusNanos(3)));
        FileAttributes file = files.attributes(FILE);
        assertThat(file.id()).matches("\\d+");
        assertThat(file.kind()).isEqualTo(FileKind.FILE);
        assertThat(file.path()).isEqualTo("/in/file");
        assertThat(file.name()).isEqualTo("file");
        assertThat(file.size()).isEqualTo(5);
        assertThat(file.mode()).isEqualTo(04750);
        assertThat(file.owner().number()).hasValue(1001);
        assertThat(file.group().number()).hasValue(1002);
        assertThat(file.linkCount()).isEqualTo(2);
        assertThat(file.times().modified()).isEqualTo(time);
        assertThat(FileTimes.nanos(file.times().accessed())).isEqualTo(1770091506123456790L);
        assertThat(file.times().created()).isEqualTo(time.plusNanos(2));
        assertThat(file.times().changed()).isEqualTo(time.plusNanos(3));
        assertThat(file.dataRevision()).isNotEmpty();
        assertThat(file.metadataRevision()).isNotEmpty();
        assertThat(file.etag()).isNotEmpty();
        assertThat(files.attributes(file.ref()).id()).isEqualTo(file.id());
    }

    @Test
    void directoriesHaveNoSlashAtTheEndAndNoData() throws Exception {
        FileAttributes directory = files.attributes(FileRef.path("/in"));
        assertThat(directory.isDirectory()).isTrue();
        assertThat(directory.path()).isEqualTo("/in");
        assertThat(directory.dataRevision()).isEmpty();
        assertThat(directory.owner()).isEqualTo(new Principal("500", "LOCAL_USER", "admin"));
        assertThat(directory.owner().number()).isEmpty();
        assertThat(files.attributes(FileRef.ROOT).path()).isEqualTo("/");
    }

    @Test
    void timesOutOfTheRangeOfNanosecondsAreItsEnds() {
        assertThat(FileTimes.nanos(Instant.parse("1601-01-01T00:00:00Z"))).isEqualTo(Long.MIN_VALUE);
        assertThat(FileTimes.nanos(Instant.parse("2600-01-01T00:00:00Z"))).isEqualTo(Long.MAX_VALUE);
        assertThat(FileTimes.nanos(Instant.EPOCH.minusNanos(1))).isEqualTo(-1);
    }

    @Test
    void whatIsNotThereIsEmptyOrSaidSo() throws Exception {
        assertThat(files.find(FileRef.path("/none"))).isEmpty();
        assertThat(files.find(FileRef.id("999999"))).isEmpty();
        QumuloException e =
                catchThrowableOfType(QumuloException.class, () -> files.attributes(FileRef.path("/no\nne")));
        assertThat(e.reason()).isEqualTo(Reason.NOT_THERE);
        assertThat(e.description()).contains("no\nne");
        assertThat(e.mayHaveBeenCarriedOut()).isFalse();
    }

    @Test
    void pathsTravelAsOneEncodedSegment() throws Exception {
        String odd = "/a b/100% ü+&=@:,;~'()*";
        cluster.emulator.tree().createDirectories(odd);
        assertThat(files.attributes(FileRef.path(odd)).isDirectory()).isTrue();
        assertThat(cluster.emulator.calls())
                .contains("GET /v1/files/%2Fa%20b%2F100%25%20%C3%BC%2B%26%3D%40%3A%2C%3B~%27%28%29%2A/info/attributes");
    }

    @Test
    void anAnswerWithoutWhatIsNeededIsSaidSo() {
        cluster.emulator.faults().answerAlways("/v1/files/7/info/attributes", Answer.json(200, "{\"id\":\"7\"}"));
        assertThatThrownBy(() -> files.attributes(FileRef.id("7")))
                .isInstanceOf(QumuloException.class)
                .hasMessageContaining("not understood: type: expected a text");
    }

    @Test
    void tenThousandEntriesComeInPages() throws Exception {
        var expected = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            String name = "n%05d ".formatted(i) + "ü".repeat(100) + "%";
            cluster.emulator.tree().createFile("/in", name);
            expected.add(name);
        }
        cluster.emulator.tree().delete("/in/file");
        Pages<FileAttributes> pages = files.list(FileRef.path("/in"));
        var found = new HashSet<String>();
        int count = 0;
        for (var page = pages.next(); page.isPresent(); page = pages.next()) {
            assertThat(page.get()).hasSizeLessThanOrEqualTo(1000);
            page.get().forEach(file -> found.add(file.name()));
            count++;
        }
        assertThat(count).isEqualTo(10);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aPageOfMoreThanAMebibyteIsRead() throws Exception {
        cluster.emulator.switches().pageLimit(5000);
        for (int i = 0; i < 3000; i++) {
            cluster.emulator.tree().createFile("/in", i + "-" + "x".repeat(240));
        }
        assertThat(files.list(FileRef.path("/in"), 5000).next().orElseThrow()).hasSize(3001);
    }

    @Test
    void pagesAreAskedForWhenTheyAreWanted() throws Exception {
        cluster.emulator.tree().createFile("/in/second");
        Pages<FileAttributes> pages = files.list(FileRef.path("/in"), 1);
        assertThat(cluster.count("GET /v1/files/%2Fin/entries/")).isZero();
        pages.next();
        assertThat(cluster.count("GET /v1/files/")).isEqualTo(1);
    }

    @Test
    void aDirectoryThatIsDeletedWhileItIsListedIsSaidSo() throws Exception {
        cluster.emulator.tree().createFile("/in/second");
        Pages<FileAttributes> pages =
                files.list(files.attributes(FileRef.path("/in")).ref(), 1);
        assertThat(pages.next().orElseThrow()).hasSize(1);
        cluster.emulator.tree().deleteTree("/in");
        QumuloException e = catchThrowableOfType(QumuloException.class, pages::next);
        assertThat(e.reason()).isEqualTo(Reason.NOT_THERE);
    }

    @Test
    void aPageThatLeadsToItselfIsNotFollowed() {
        String target = "/v1/files/%2Fin/entries/?skip-atime-update=true&limit=1000";
        cluster.emulator
                .faults()
                .answerAlways(
                        "/v1/files/%2Fin/entries/",
                        Answer.json(200, "{\"files\":[],\"paging\":{\"next\":\"" + target + "\"}}"));
        assertThatThrownBy(() -> files.list(FileRef.path("/in")).rest())
                .hasMessageContaining("it is the page that was asked for");
    }

    @Test
    void dataIsReadAsAWholeOrInPart() throws Exception {
        byte[] bytes = new byte[5 << 20];
        new Random(7).nextBytes(bytes);
        cluster.emulator.tree().write("/in/file", bytes);
        assertThat(read(files.data(FILE))).isEqualTo(bytes);
        assertThat(read(files.data(FILE, 1 << 20, 2 << 20))).isEqualTo(Arrays.copyOfRange(bytes, 1 << 20, 3 << 20));
        assertThat(read(files.data(FILE, 6 << 20, 10))).isEmpty();
    }

    @Test
    void dataOfWhatIsNotThereIsSaidSoAtOnce() {
        QumuloException e = catchThrowableOfType(QumuloException.class, () -> files.data(FileRef.path("/none")));
        assertThat(e.reason()).isEqualTo(Reason.NOT_THERE);
    }

    @Test
    void readingLeavesNoAccessTimeWhereThatCanBeSaid() throws Exception {
        cluster.emulator.switches().atimeTracking(true);
        Instant before = files.attributes(FILE).times().accessed();
        read(files.data(FILE));
        files.list(FileRef.path("/in")).rest();
        assertThat(files.attributes(FILE).times().accessed()).isEqualTo(before);
    }

    @Test
    void anOlderReleaseIsNotAskedForWhatItDoesNotKnow() throws Exception {
        cluster.release("7.8.4.1");
        files.list(FileRef.path("/in")).rest();
        assertThat(cluster.emulator.requests()).noneMatch(seen -> seen.query().contains("skip-atime"));
        assertThat(cluster.count("GET /v1/version")).isEqualTo(1);
    }

    @Test
    void idsBecomePaths() throws Exception {
        String in = files.attributes(FileRef.path("/in")).id();
        String file = files.attributes(FILE).id();
        assertThat(files.paths(List.of("2", in, file))).isEqualTo(Map.of("2", "/", in, "/in", file, "/in/file"));
        assertThat(files.path(file)).isEqualTo("/in/file");
        QumuloException e = catchThrowableOfType(QumuloException.class, () -> files.path("999999"));
        assertThat(e.reason()).isEqualTo(Reason.NOT_THERE);
    }

    @Test
    void userMetadataIsReadByKeyOrAll() throws Exception {
        String key = "a/b c%ü";
        cluster.client.changes().putMetadata(FILE, MetadataType.GENERIC, key, new byte[] {0, -1});
        assertThat(files.metadata(FILE, MetadataType.GENERIC, key).orElseThrow())
                .containsExactly(0, -1);
        assertThat(files.metadata(FILE, MetadataType.GENERIC)).containsOnlyKeys(key);
        assertThat(files.metadata(FILE, MetadataType.S3)).isEmpty();
        assertThat(files.metadata(FILE, MetadataType.GENERIC, "none")).isEmpty();
        QumuloException e = catchThrowableOfType(
                QumuloException.class, () -> files.metadata(FileRef.path("/none"), MetadataType.GENERIC, key));
        assertThat(e.reason()).isEqualTo(Reason.NOT_THERE);
    }

    private static byte[] read(InputStream data) throws IOException {
        try (data) {
            return data.readAllBytes();
        }
    }
}
