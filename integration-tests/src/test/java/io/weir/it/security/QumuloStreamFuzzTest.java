package io.weir.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.weir.agent.qumulo.notify.NotifyParser;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a cluster, or what stands in its place, sends as a line of its stream of changes: it is read, or told as lost. */
@Timeout(60)
class QumuloStreamFuzzTest {
    private static final int LINES = 50_000;
    private static final String PIECES = "{}[]\":,\\0123456789.-eE\u0000\ud800é\n\r\t truefalsnul";
    private static final String[] GOOD = {
        "data: [{\"type\": \"child_file_added\", \"path\": \"a/b.txt\", \"spine\": [\"2\", \"12\"], \"stream_name\": null}]",
        "data: [{\"type\": \"child_file_moved_from\", \"path\": \"x\", \"spine\": [2, 3]},"
                + " {\"type\": \"child_file_moved_to\", \"path\": \"y\", \"spine\": [2, 3]}]",
        ": keepalive",
        ": watching",
        "",
    };

    private final NotifyParser parser = new NotifyParser();

    @Test
    void mutatedLines() {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("QumuloStreamFuzzTest: -Dweir.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < LINES; i++) {
            parse("seed " + seed + ", line " + i, mutate(random, GOOD[random.nextInt(GOOD.length)]));
        }
    }

    @Test
    void linesMadeToBeDear() {
        parse("deep arrays", "data: " + "[".repeat(1_000_000));
        parse("deep objects", "data: [" + "{\"a\":".repeat(1_000_000));
        parse("a long spine", "data: [{\"type\":\"t\",\"path\":\"p\",\"spine\":[" + "1,".repeat(1_000_000) + "1]}]");
        parse("a long name", "data: [{\"type\":\"t\",\"path\":\"" + "p".repeat(10_000_000) + "\"}]");
        parse("a long number", "data: [{\"type\":\"t\",\"path\":\"p\",\"spine\":[" + "9".repeat(100_000) + "]}]");
    }

    private void parse(String what, String line) {
        try {
            assertThat(parser.parse(line)).as(what).isNotNull();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            fail(what, e);
        }
    }

    private static String mutate(Random random, String line) {
        StringBuilder mutant = new StringBuilder(line);
        for (int i = random.nextInt(8); i >= 0 && mutant.length() > 0; i--) {
            int at = random.nextInt(mutant.length());
            int to = Math.min(mutant.length(), at + random.nextInt(16) + 1);
            switch (random.nextInt(4)) {
                case 0 -> mutant.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 1 -> mutant.delete(at, to);
                case 2 -> mutant.insert(at, mutant.substring(at, to));
                default -> mutant.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
            }
        }
        return mutant.toString();
    }
}
