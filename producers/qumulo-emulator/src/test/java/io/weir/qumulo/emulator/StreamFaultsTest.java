package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.qumulo.emulator.settings.OverflowForm;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ways a stream can fail. */
class StreamFaultsTest extends EmulatorTest {
    @Test
    void aStreamMayBeReset() throws IOException {
        try (Stream stream = client.watchAll()) {
            cluster.faults().resetStreams();
            assertThatThrownBy(stream::line).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aStreamMayEndInOrder() throws IOException {
        try (Stream stream = client.watchAll()) {
            tree.createFile("/in/f");
            stream.events();
            stream.line();
            cluster.faults().endStreams();
            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void aStreamMayEndWithinALine() throws IOException {
        try (Stream stream = client.watchAll()) {
            cluster.faults().endStreamsInMidLine();
            assertThat(stream.rest()).startsWith("data: [{").doesNotContain("}", "\n");
        }
    }

    @Test
    void aStreamMayBeCutWithinALineAndTheAnswer() throws IOException {
        try (Stream stream = client.watchAll()) {
            cluster.faults().cutStreams();
            assertThat(stream.bytes(8)).asString().isEqualTo("data: [{");
            assertThatThrownBy(stream::rest).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aStreamMayFallSilentAndGoOn() throws IOException {
        try (Stream stream = client.watchAll()) {
            cluster.faults().silence(true);
            tree.createFile("/in/f");
            assertThat(cluster.streams().queued()).isEqualTo(1);
            cluster.faults().silence(false);
            assertThat(stream.events()).containsExactly("child_file_added in/f");
        }
    }

    @Test
    void aStreamMayBeSilentFromItsBeginning() throws IOException {
        cluster.faults().silence(true);
        try (Stream stream = client.open(Client.file("/") + "/notify?recursive=true")) {
            assertThat(stream.status()).isEqualTo(200);
            await().until(() -> cluster.streams().count() == 1);
            tree.createFile("/in/f");
            cluster.faults().silence(false);
            stream.awaitWatching();
            assertThat(stream.events()).containsExactly("child_file_added in/f");
        }
    }

    @Test
    void streamsThatClientsCloseAreNotCounted() throws IOException {
        Stream stream = client.watchAll();
        assertThat(cluster.streams().count()).isEqualTo(1);
        stream.close();
        await().until(() -> cluster.streams().count() == 0);
        assertThat(cluster.counters().streams()).isEqualTo(1);
    }

    @Test
    void whoIsTooSlowLearnsItWithTheNextRequest() throws IOException {
        try (Stream stream = overflowed(OverflowForm.NEXT_REQUEST)) {
            assertThat(stream.rest()).isEqualTo("\n");
        }
        Client.Reply reply = client.get(Client.file("/") + "/notify?recursive=true");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorClass()).isEqualTo("fs_watcher_missed_events_error");
        client.watchAll().close();
    }

    @Test
    void whoIsTooSlowMayLearnItByAnObjectInTheStream() throws IOException {
        try (Stream stream = overflowed(OverflowForm.ERROR_LINE)) {
            assertThat(stream.array().get("error_class").asText()).isEqualTo("fs_watcher_missed_events_error");
            assertThat(stream.rest()).isEqualTo("\n");
        }
        client.watchAll().close();
    }

    @Test
    void whoIsTooSlowMayLearnItByALineThatIsNotJson() throws IOException {
        try (Stream stream = overflowed(OverflowForm.PLAIN_LINE)) {
            stream.line();
            assertThat(stream.line()).startsWith("data: fs_watcher_missed_events_error");
            assertThat(stream.rest()).isEqualTo("\n");
        }
    }

    /** What had a place in the queue is told; what came later is not, even when there is room again. */
    private Stream overflowed(OverflowForm form) throws IOException {
        cluster.switches().queueLimit(2).overflowForm(form);
        Stream stream = client.watchAll();
        cluster.faults().silence(true);
        for (int i = 0; i < 4; i++) {
            tree.createFile("/in/" + i);
        }
        cluster.faults().silence(false);
        assertThat(stream.events()).containsExactly("child_file_added in/0");
        assertThat(stream.events()).containsExactly("child_file_added in/1");
        return stream;
    }

    @Test
    void whoDoesNotReadAtAllMissesWhatDoesNotFit() throws IOException {
        cluster.switches().queueLimit(100);
        String filler = "x".repeat(200);
        int made = 60_000;
        try (Stream stream = client.watchAll()) {
            for (int i = 0; i < made; i++) {
                tree.createFile("/in", i + "-" + filler);
            }
            List<String> lines =
                    stream.rest().lines().filter(line -> !line.isEmpty()).toList();
            assertThat(lines).hasSizeBetween(100, made - 1);
            for (int i = 0; i < lines.size(); i++) {
                assertThat(lines.get(i)).contains("\"in/" + i + "-x");
            }
        }
        assertThat(client.get(Client.file("/") + "/notify").errorClass()).isEqualTo("fs_watcher_missed_events_error");
    }

    @Test
    void anOverflowMayBeForced() throws IOException {
        cluster.switches().overflowForm(OverflowForm.ERROR_LINE);
        try (Stream stream = client.watchAll()) {
            cluster.faults().overflowStreams();
            assertThat(stream.array().has("error_class")).isTrue();
        }
    }

    @Test
    void aStreamOutlivesItsTokenUnlessSwitched() throws IOException {
        try (Stream stream = client.watchAll()) {
            cluster.faults().expireTokens();
            tree.createFile("/in/f");
            assertThat(stream.events()).hasSize(1);
            stream.line();
            cluster.switches().streamsEndWithToken(true);
            cluster.faults().expireTokens();
            assertThat(stream.rest()).isEmpty();
        }
        assertThat(client.get(Client.file("/") + "/notify").status()).isEqualTo(401);
    }

    @Test
    void aReconnectMayBeRefusedSoManyTimes() throws IOException {
        cluster.faults().resetConnections();
        cluster.faults().refuseConnections(2);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(client::watchAll).isInstanceOf(IOException.class);
        }
        client.watchAll().close();
    }

    @Test
    void aReconnectMayBeUnavailableOrUnauthorized() throws IOException {
        cluster.faults().unavailable(1);
        cluster.faults().unauthorized(1);
        String target = Client.file("/") + "/notify";
        assertThat(client.get(target).status()).isEqualTo(503);
        assertThat(client.get(target).status()).isEqualTo(401);
        client.watchAll().close();
    }
}
