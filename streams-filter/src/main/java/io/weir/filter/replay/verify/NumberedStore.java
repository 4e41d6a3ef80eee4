package io.weir.filter.replay.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.filter.JudgeStore;
import io.weir.filter.SequenceTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a judge remembers of its partition; it also collects the numbers of the events. For one thread. */
final class NumberedStore implements JudgeStore {
    private final SequenceTable table = new SequenceTable();
    private final Map<String, Collected> byAgent = new HashMap<>();
    private @Nullable Collected last;

    /** Numbers of an agent in an epoch since they were last handed over. */
    private static final class Collected {
        private final byte[] agent;
        private final long epoch;
        private long[] numbers = new long[256];
        private int count;

        Collected(byte[] agent, long epoch) {
            this.agent = agent;
            this.epoch = epoch;
        }

        boolean is(byte[] text, int start, int length, long ofEpoch) {
            return epoch == ofEpoch && Arrays.equals(agent, 0, agent.length, text, start, start + length);
        }

        void add(long number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number;
        }
    }

    /** Takes numbers. */
    interface Taker {
        void take(String agent, long epoch, long[] numbers, int count);
    }

    @Override
    public boolean advance(byte[] text, int start, int length, long epoch, long sequence, boolean half) {
        if (!half) {
            Collected collected = last;
            if (collected == null || !collected.is(text, start, length, epoch)) {
                String agent = new String(text, start, length, UTF_8);
                collected = byAgent.computeIfAbsent(
                        agent + ":" + epoch,
                        key -> new Collected(Arrays.copyOfRange(text, start, start + length), epoch));
                last = collected;
            }
            collected.add(sequence);
        }
        return table.advance(text, start, length, epoch, sequence, half);
    }

    /** Hands over what was collected since the last call. */
    void drain(Taker taker) {
        byAgent.values().forEach(collected -> {
            if (collected.count > 0) {
                taker.take(new String(collected.agent, UTF_8), collected.epoch, collected.numbers, collected.count);
                collected.count = 0;
            }
        });
    }

    @Override
    public long rulesOffset() {
        return table.rulesOffset();
    }

    @Override
    public long volumesOffset() {
        return table.volumesOffset();
    }

    @Override
    public void inForce(long rulesOffset, long volumesOffset) {
        table.inForce(rulesOffset, volumesOffset);
    }
}
