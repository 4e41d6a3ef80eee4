package io.weir.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PathTextTest {
    @Test
    void validNamesAreTheirOwnText() {
        assertThat(PathText.decode("/a/ü/文/😀\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("/a/ü/文/😀\n");
        assertThat(PathText.isValidUnicode("/a/ü/文/😀\n")).isTrue();
    }

    @Test
    void aLatin1NameKeepsItsBytesAndShowsAReplacementCharacter() {
        byte[] name = {'c', 'a', 'f', (byte) 0xE9};
        String text = PathText.decode(name);
        assertThat(PathText.isValidUnicode(text)).isFalse();
        assertThat(PathText.display(text)).isEqualTo("caf\uFFFD");
        assertThat(PathText.encode(text)).isEqualTo(name);
    }

    @Test
    void anyBytesComeBackAsTheyWere() {
        long seed = Long.getLong("weir.seed", 1L);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            assertThat(PathText.encode(PathText.decode(bytes)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(bytes);
        }
    }
}
