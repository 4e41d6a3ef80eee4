package io.weir.schemas.marks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.topic.Causation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkCodecTest {
    /** Every kind of effect, with and without what is optional. */
    private static final List<Effect> EFFECTS = List.of(
            new Effect.Move("/in/a.zip", "/.quarantine/a.zip", "803:12f"),
            new Effect.Move("/in/dir", "/out/dir", null),
            new Effect.SetFields("/in/a", "803:12f", Map.of("mode", "0640", "uid", "1000", "gid", "100"), false),
            new Effect.SetFields("/in/tree", null, Map.of("mode", "0750"), true),
            new Effect.Create("/.quarantine", true),
            new Effect.Delete("/in/a.tmp", null),
            new Effect.Delete("/in/a", "803:1"),
            new Effect.Content("/in/a", "803:1"),
            new Effect.Scope(List.of("/in/**", "/out/*.{zip,gz}")));

    @Test
    void beginMarksWithAllKindsOfEffectsComeBack() throws IOException {
        BeginMark mark = begin(EFFECTS);

        assertThat(MarkCodec.decodeBegin(MarkCodec.encode(mark))).isEqualTo(mark);
        assertThat(mark.causation()).isEqualTo(new Causation("q-1", "agent:1:7", 2));
    }

    @Test
    void endMarksComeBack() throws IOException {
        EndMark mark = new EndMark("q-1", 2, "web1", "w1", EFFECTS);

        assertThat(MarkCodec.decodeEnd(MarkCodec.encode(mark))).isEqualTo(mark);
        EndMark nothing = new EndMark("q-1", 3, "web1", null, List.of());
        assertThat(MarkCodec.decodeEnd(MarkCodec.encode(nothing))).isEqualTo(nothing);
    }

    @Test
    void namesThatAreNotUnicodeComeBackThroughAscii() throws IOException {
        String name = "/in/caf\u00e9 \uD83D\uDCC4 \uDCE9\uDC80\uDCFF\uDCF0 \"\\\u0000\u2028";
        BeginMark mark =
                begin(List.of(new Effect.Move(name, name + "\uDC80", null), new Effect.Scope(List.of("\uDCFE"))));

        byte[] bytes = MarkCodec.encode(mark);

        assertThat(new String(bytes, US_ASCII)).matches("\\p{ASCII}+");
        assertThat(bytes).hasSameSizeAs(new String(bytes, US_ASCII).getBytes(US_ASCII));
        assertThat(MarkCodec.decodeBegin(bytes)).isEqualTo(mark);
    }

    @Test
    void anyTextComesBack() throws IOException {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder path = new StringBuilder("/");
            for (int n = random.nextInt(12); n > 0; n--) {
                path.append((char) (random.nextBoolean() ? 0xDC80 + random.nextInt(0x80) : random.nextInt(0x10000)));
            }
            EndMark mark = new EndMark("a", 1, "v", null, List.of(new Effect.Create(path.toString(), false)));
            assertThat(MarkCodec.decodeEnd(MarkCodec.encode(mark)))
                    .as("seed %d, text %d", seed, i)
                    .isEqualTo(mark);
        }
    }

    @Test
    void propertiesOfANewerVersionArePassedOver() throws IOException {
        String json = "{\"actionId\":\"a\",\"attempt\":1,\"volume\":\"v\",\"later\":{\"x\":1},"
                + "\"done\":[{\"kind\":\"create\",\"path\":\"/a\",\"directory\":true,\"later\":2}]}";

        assertThat(MarkCodec.decodeEnd(json.getBytes(US_ASCII)))
                .isEqualTo(new EndMark("a", 1, "v", null, List.of(new Effect.Create("/a", true))));
    }

    @Test
    void otherBytesAreAnError() {
        assertThatThrownBy(() -> MarkCodec.decodeBegin(new byte[0])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> MarkCodec.decodeBegin("{\"kind\":".getBytes(US_ASCII)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> MarkCodec.decodeEnd("[]".getBytes(US_ASCII))).isInstanceOf(IOException.class);
    }

    private static BeginMark begin(List<Effect> effects) {
        return new BeginMark("q-1", 2, "web1", "agent:1:7", 2, "worker-1", "/var/lib/weir/worker.lock", effects);
    }
}
