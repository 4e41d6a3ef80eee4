package io.weir.schemas.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.TextNode;
import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.Seeds;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever answers in the registry's place: the client gives a schema or a {@link RegistryException}, soon. */
@Timeout(60)
class RegistryFuzzTest {
    private static final int ANSWERS = 3_000;
    private static final String[] GOOD = {
        "{\"id\":1,\"version\":1,\"subject\":\"s\",\"schema\":" + TextNode.valueOf(FileEvent.SCHEMA$.toString()) + "}",
        "{\"id\":7,\"version\":2}",
        "[1,2,3]",
        "{\"compatibilityLevel\":\"FULL\"}",
        "{\"is_compatible\":false,\"messages\":[\"a\"]}",
    };
    private static final int[] STATUS = {200, 200, 200, 200, 404, 409, 422, 500, 418};

    @AutoClose
    private final FakeRegistry registry = new FakeRegistry();

    private SchemaRegistryClient client(String url) {
        return new SchemaRegistryClient(
                Map.of("schema.registry.url", url, "max.retries", "0", "http.read.timeout.ms", "500"));
    }

    @Test
    void mutatedAnswers() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int i = 0; i < ANSWERS; i++) {
            String answer = Seeds.mutate(random, GOOD[random.nextInt(GOOD.length)]);
            registry.answerNext(STATUS[random.nextInt(STATUS.length)], answer);
            try (SchemaRegistryClient client = client(registry.url())) {
                ask(client, random.nextInt(6));
            } catch (RegistryException e) {
                assertThat(e.getMessage()).as(answer).hasSizeLessThan(2_000);
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + ", answer " + i + ": " + answer, e);
            }
        }
    }

    private static void ask(SchemaRegistryClient client, int call) {
        switch (call) {
            case 0 -> client.byId(1);
            case 1 -> client.latest("s");
            case 2 -> client.lookup("s", FileEvent.SCHEMA$);
            case 3 -> client.versions("s");
            case 4 -> client.compatibility("s");
            default -> client.incompatibilities("s", FileEvent.SCHEMA$);
        }
    }

    @Test
    void schemasNestedWithoutEnd() {
        String deep = "{\"type\":\"array\",\"items\":".repeat(100_000);
        registry.answerNext(200, "{\"schema\":" + TextNode.valueOf(deep) + "}");
        registry.answerNext(200, "[".repeat(1_000_000));
        try (SchemaRegistryClient client = client(registry.url())) {
            assertThatThrownBy(() -> client.byId(1)).isInstanceOf(RegistryException.class);
            assertThatThrownBy(() -> client.byId(2)).isInstanceOf(RegistryException.class);
        }
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SchemaRegistryClient client = client("http://127.0.0.1:" + server.getLocalPort())) {
            Thread endless = new Thread(() -> writeWithoutEnd(server));
            endless.start();
            assertThatThrownBy(() -> client.byId(1)).hasMessageContaining("the answer is longer than 16777216 bytes");
            endless.join();
        }
    }

    private static void writeWithoutEnd(ServerSocket server) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\"".getBytes(ISO_8859_1));
            byte[] text = "a".repeat(64 << 10).getBytes(ISO_8859_1);
            while (true) {
                out.write(text);
            }
        } catch (SocketException e) {
            // It has heard enough.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
