package io.weir.qumulo.emulator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileDataTest {
    private static final long SEED = Long.getLong("weir.seed", 1);

    @Test
    void itIsWhatAnArrayIs() {
        var random = new Random(SEED);
        FileData data = FileData.EMPTY;
        byte[] model = new byte[0];
        for (int i = 0; i < 500; i++) {
            if (random.nextInt(4) == 0) {
                int size = random.nextInt(20_000);
                data = data.resize(size);
                model = Arrays.copyOf(model, size);
            } else {
                int offset = random.nextInt(15_000);
                byte[] bytes = new byte[random.nextInt(6000)];
                random.nextBytes(bytes);
                data = data.write(offset, bytes);
                model = Arrays.copyOf(model, Math.max(model.length, offset + bytes.length));
                System.arraycopy(bytes, 0, model, offset, bytes.length);
            }
            assertThat(data.size()).isEqualTo(model.length);
            assertThat(data.read(0, Long.MAX_VALUE))
                    .as("seed %d, step %d", SEED, i)
                    .isEqualTo(model);
            int from = random.nextInt(model.length + 1);
            assertThat(data.read(from, 5000))
                    .isEqualTo(Arrays.copyOfRange(model, from, Math.min(model.length, from + 5000)));
        }
    }

    @Test
    void aHoleCostsNothing() {
        FileData data = FileData.of(new byte[] {1}).resize(1L << 40).write(1L << 40, new byte[] {2});
        assertThat(data.size()).isEqualTo((1L << 40) + 1);
        assertThat(data.blockCount()).isEqualTo(2);
    }
}
