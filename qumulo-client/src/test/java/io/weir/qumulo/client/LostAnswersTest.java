package io.weir.qumulo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.qumulo.client.rest.Content;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.qumulo.emulator.fault.Faults;
import io.weir.qumulo.emulator.http.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the network and the nodes do between a call and its answer. */
class LostAnswersTest {
    private static final FileRef FILE = FileRef.path("/file");

    private TestCluster cluster;
    private FileView files;
    private FileChanges changes;
    private Faults faults;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        cluster = new TestCluster(directory);
        files = cluster.client.files();
        changes = cluster.client.changes();
        faults = cluster.emulator.faults();
        cluster.emulator.tree().createFile("/file");
        files.attributes(FILE);
        cluster.emulator.forgetRequests();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatOnlyReadsIsRepeated() throws Exception {
        files.list(FileRef.ROOT).rest();
        faults.loseAnswers(1);
        faults.loseRequests(1);
        assertThat(files.attributes(FILE).name()).isEqualTo("file");
        faults.loseAnswers(1);
        assertThat(files.path(files.attributes(FILE).id())).isEqualTo("/file");
        faults.loseAnswers(1);
        files.data(FILE).close();
    }

    @Test
    void whatMayHappenTwiceIsRepeated() throws Exception {
        faults.loseAnswers(1);
        changes.setAttributes(FILE, new AttributeChange().mode(0600));
        assertThat(cluster.count("PATCH")).isEqualTo(2);
        faults.loseAnswers(1);
        changes.write(FILE, Content.of("data".getBytes(UTF_8)));
        assertThat(cluster.count("PUT")).isEqualTo(2);
        faults.loseAnswers(1);
        changes.putMetadata(FILE, MetadataType.GENERIC, "k", new byte[1]);
        assertThat(cluster.count("PUT")).isEqualTo(4);
        FileAttributes file = files.attributes(FILE);
        assertThat(file.mode()).isEqualTo(0600);
        assertThat(file.size()).isEqualTo(4);
    }

    @Test
    void aLargeBodyIsSentAgainFromItsBeginning() throws Exception {
        byte[] bytes = new byte[3 << 20];
        bytes[0] = 1;
        faults.loseRequests(1);
        changes.write(FILE, Content.of(bytes));
        try (var data = files.data(FILE)) {
            assertThat(data.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void whatIsMadeMovedOrDeletedIsNotSentTwice() throws Exception {
        assertSentOnce(() -> changes.createFile(FileRef.ROOT, "new"));
        assertSentOnce(() -> changes.createDirectory(FileRef.ROOT, "in"));
        assertSentOnce(() -> changes.createSymlink(FileRef.ROOT, "link", "new"));
        assertSentOnce(() -> changes.rename("/new", FileRef.path("/in"), "new", false));
        assertSentOnce(() -> changes.delete(FileRef.path("/in/new")));
        assertSentOnce(() -> changes.deleteTree(FileRef.path("/in")));
        assertSentOnce(() -> cluster.client.snapshots().create("2", "s", Instant.parse("2090-01-01T00:00:00Z")));
        assertSentOnce(() -> cluster.client.snapshots().delete(1));
        assertThat(files.list(FileRef.ROOT).rest())
                .extracting(FileAttributes::name)
                .containsExactlyInAnyOrder("file", "link");
    }

    @Test
    void whatIsBoundToAnEtagIsNotSentTwiceSinceItWouldFindItsOwnChange() throws Exception {
        String etag = files.attributes(FILE).etag();
        assertSentOnce(() -> changes.setAttributes(FILE, new AttributeChange().mode(0600), etag));
        String next = files.attributes(FILE).etag();
        assertSentOnce(() -> changes.write(FILE, Content.of(new byte[3]), next));
        assertThat(files.attributes(FILE).mode()).isEqualTo(0600);
        assertThat(files.attributes(FILE).size()).isEqualTo(3);
    }

    @Test
    void aRequestThatIsLostCannotBeToldFromAnAnswerThatIs() throws Exception {
        faults.loseRequests(1);
        QumuloException e = failure(() -> changes.createFile(FileRef.ROOT, "new"));
        assertThat(e.mayHaveBeenCarriedOut()).isTrue();
        assertThat(files.find(FileRef.path("/new"))).isEmpty();
    }

    @Test
    void aNodeThatCannotNowHasDoneNothing() throws Exception {
        faults.unavailable(2);
        assertThat(changes.createFile(FileRef.ROOT, "new").name()).isEqualTo("new");
        assertThat(cluster.count("POST")).isEqualTo(3);
        assertThat(cluster.pauses).hasSize(2);
    }

    @Test
    void whenAllNodesCannotNowNothingHasBeenDone() {
        faults.unavailable(100);
        QumuloException e = failure(() -> changes.createFile(FileRef.ROOT, "new"));
        assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(e.mayHaveBeenCarriedOut()).isFalse();
        assertThat(e.httpCode()).isEqualTo(503);
    }

    @Test
    void aGatewayThatGaveUpDoesNotKnowWhatItsNodeDid() {
        faults.answerNext(1, Answer.empty(504));
        QumuloException e = failure(() -> changes.createFile(FileRef.ROOT, "new"));
        assertThat(e.mayHaveBeenCarriedOut()).isTrue();
        assertThat(cluster.count("POST")).isEqualTo(1);
    }

    @Test
    void aFaultOfTheServerMayComeAfterTheDeed() {
        faults.answerNext(1, Answer.error(500, "some_error", "oops"));
        QumuloException e = failure(() -> changes.delete(FILE));
        assertThat(e.mayHaveBeenCarriedOut()).isTrue();
        assertThat(e.reason()).isEqualTo(Reason.OTHER);
        assertThat(e.description()).isEqualTo("oops");
    }

    @Test
    void anEndedSessionIsReplacedAlsoForWhatIsSentOnce() throws Exception {
        cluster.emulator.accounts().expireTokens();
        assertThat(changes.createFile(FileRef.ROOT, "new").name()).isEqualTo("new");
        faults.unauthorized(1);
        changes.delete(FileRef.path("/new"));
        assertThat(cluster.count("POST /v1/session/login")).isEqualTo(2);
    }

    @Test
    void aNodeThatIsNotThereMakesWayAlsoForWhatIsSentOnce() throws Exception {
        URI dead = URI.create("http://127.0.0.1:1");
        try (QumuloClient client = cluster.clientOf(dead, cluster.emulator.uri())) {
            assertThat(client.changes().createFile(FileRef.ROOT, "new").name()).isEqualTo("new");
        }
        assertThat(cluster.pauses).isEmpty();
    }

    @Test
    void whereNobodyListensNothingHasBeenDone() throws Exception {
        faults.listening(false);
        faults.resetConnections();
        QumuloException e = failure(() -> changes.createFile(FileRef.ROOT, "new"));
        assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(e.mayHaveBeenCarriedOut()).isFalse();
        assertThat(e).hasMessageContaining("no connection");
    }

    @Test
    void connectionsThatAreRefusedAreMadeAnew() throws Exception {
        faults.resetConnections();
        faults.refuseConnections(2);
        assertThat(files.attributes(FILE).name()).isEqualTo("file");
    }

    @Test
    void whatMayHappenTwiceSaysSoWhenAllAttemptsAreLost() {
        faults.loseAnswers(100);
        QumuloException e = failure(() -> changes.setAttributes(FILE, new AttributeChange().mode(0600)));
        assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(e.mayHaveBeenCarriedOut()).isTrue();
        assertThat(e).hasMessageContaining("may be asked for again");
    }

    @Test
    void anInterruptDoesNotHideThatItMayHaveBeenDone() throws Exception {
        cluster.onPause(() -> {
            throw new InterruptedException();
        });
        faults.loseAnswers(100);
        QumuloException e = failure(() -> changes.setAttributes(FILE, new AttributeChange().mode(0600)));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.mayHaveBeenCarriedOut()).isTrue();
        assertThat(failure(() -> files.attributes(FILE)).mayHaveBeenCarriedOut())
                .isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    /** On a connection that has been of use before, where OkHttp would repeat by itself. */
    private void assertSentOnce(ThrowingCallable call) throws QumuloException {
        changes.delete(changes.createFile(FileRef.ROOT, "before").ref());
        long before = cluster.emulator.requests().size();
        faults.loseAnswers(1);
        QumuloException e = failure(call);
        assertThat(e.mayHaveBeenCarriedOut()).isTrue();
        assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(e).hasMessageContaining("it may have been carried out, and is not repeated");
        assertThat(cluster.emulator.requests()).hasSize((int) before + 1);
    }

    private static QumuloException failure(ThrowingCallable call) {
        return catchThrowableOfType(QumuloException.class, call);
    }
}
