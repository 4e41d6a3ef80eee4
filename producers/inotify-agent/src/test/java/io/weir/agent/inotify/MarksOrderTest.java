package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MarksOrderTest {
    @TempDir
    Path dir;

    /** Random sequences of marks, changes in several directories, moves in, out and across: told exactly in this order. */
    @Test
    void marksKeepTheirOrderAmongChanges() throws Exception {
        long seed = Long.getLong("weir.seed", 11L);
        Random random = new Random(seed);
        try (Bench bench = new Bench(dir)) {
            for (int i = 0; i < 5; i++) {
                Files.createDirectory(bench.in.resolve("d" + i));
            }
            bench.start();
            List<String> expected = new ArrayList<>();
            List<String> present = new ArrayList<>();
            for (int i = 0; i < 1500; i++) {
                step(bench, random, i, expected, present);
            }
            bench.mark("end");
            bench.awaitRestAfter("end");
            expected.add("mark end");
            assertThat(bench.recorder.lines()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static void step(Bench bench, Random random, int i, List<String> expected, List<String> present)
            throws Exception {
        String to = "/d" + random.nextInt(5) + "/f" + i;
        int action = random.nextInt(5);
        if (action == 0) {
            bench.mark("m" + i);
            expected.add("mark m" + i);
        } else if (action == 1 || present.isEmpty()) {
            Path outside = Files.createFile(bench.out.resolve("f" + i));
            Files.move(outside, Path.of(bench.in + to));
            present.add(to);
            expected.add("moved-in " + to);
        } else {
            String from = present.remove(random.nextInt(present.size()));
            if (action == 2) {
                Files.move(Path.of(bench.in + from), bench.out.resolve("o" + i));
                expected.add("moved-out " + from);
            } else if (action == 3) {
                Files.delete(Path.of(bench.in + from));
                expected.add("deleted " + from);
            } else {
                Files.move(Path.of(bench.in + from), Path.of(bench.in + to));
                present.add(to);
                expected.add("moved " + to + " from " + from);
            }
        }
    }
}
