package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceTableTest {
    private final SequenceTable table = new SequenceTable();

    private boolean advance(String agent, long epoch, long sequence, boolean half) {
        byte[] bytes = ("before " + agent + " after").getBytes(UTF_8);
        return table.advance(bytes, 7, agent.getBytes(UTF_8).length, epoch, sequence, half);
    }

    @Test
    void agentsAndEpochsAreCountedApart() {
        assertThat(advance("a", 1, 5, false)).isTrue();
        assertThat(advance("b", 1, 5, false)).isTrue();
        assertThat(advance("a", 2, 5, false)).isTrue();
        assertThat(advance("a", 1, 5, false)).isFalse();
        assertThat(advance("a", 1, 4, false)).isFalse();
        assertThat(advance("a", 1, 6, false)).isTrue();
    }

    @Test
    void theHalvesOfAMoveMayMeetInEitherOrder() {
        assertThat(advance("a", 1, 5, true)).isTrue();
        assertThat(advance("a", 1, 5, false)).isTrue();
        assertThat(advance("a", 1, 6, false)).isTrue();
        assertThat(advance("a", 1, 6, true)).isTrue();
        assertThat(advance("a", 1, 6, true)).isFalse();
        assertThat(advance("a", 1, 6, false)).isFalse();
    }

    @Test
    void drainsWhatHasChangedOnce() {
        advance("a", 1, 5, false);
        advance("b", 1, 7, true);
        advance("a", 1, 6, false);
        table.inForce(42, 3);
        List<String> drained = drain();
        assertThat(drained).containsExactlyInAnyOrder("a:1 6/0", "b:1 0/7", "rules 42, volumes 3");
        assertThat(drain()).isEmpty();
        advance("b", 1, 7, true);
        assertThat(drain()).isEmpty();
        advance("b", 1, 8, false);
        assertThat(drain()).containsExactly("b:1 8/7");
    }

    private List<String> drain() {
        List<String> drained = new ArrayList<>();
        table.drain(
                entry -> drained.add(new String(entry.agent(), UTF_8) + ":" + entry.epoch() + " " + entry.highest()
                        + "/" + entry.highestHalf()),
                (rules, volumes) -> drained.add("rules " + rules + ", volumes " + volumes));
        return drained;
    }

    @Test
    void agreesWithAPlainMap() {
        Random random = Seed.random("SequenceTableTest");
        Map<String, Long> plain = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String agent = "agent-" + random.nextInt(40);
            long epoch = random.nextInt(3);
            long sequence = random.nextLong(1, 2_000);
            boolean half = random.nextInt(4) == 0;
            String key = agent + epoch + half;
            boolean expected = sequence > plain.getOrDefault(key, 0L);
            plain.merge(key, sequence, Math::max);
            assertThat(advance(agent, epoch, sequence, half)).isEqualTo(expected);
        }
    }
}
