package io.weir.filter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The highest number seen of each agent and epoch, on the heap: a {@link JudgeStore} by itself for whoever judges without
 * Kafka Streams, and the front of {@link SequenceStore}. Events of one agent come in runs, so the entry used last is tried
 * first; no text is decoded and nothing allocated for an agent that is known. Not safe for several threads.
 */
public final class SequenceTable implements JudgeStore {
    private final Map<AgentKey, Entry> entries = new HashMap<>();
    private final AgentKey probe = new AgentKey();
    private @Nullable Entry last;
    private @Nullable Entry firstDirty;
    private long rulesOffset = NONE;
    private long volumesOffset = NONE;
    private boolean inForceDirty;

    @Override
    public boolean advance(byte[] text, int start, int length, long epoch, long sequence, boolean half) {
        Entry entry = last;
        if (entry == null || !entry.key.is(text, start, length, epoch)) {
            entry = find(text, start, length, epoch);
            last = entry;
        }
        return half ? advanceHalf(entry, sequence) : advanceWhole(entry, sequence);
    }

    private boolean advanceWhole(Entry entry, long sequence) {
        if (sequence <= entry.highest) {
            return false;
        }
        entry.highest = sequence;
        markDirty(entry);
        return true;
    }

    private boolean advanceHalf(Entry entry, long sequence) {
        if (sequence <= entry.highestHalf) {
            return false;
        }
        entry.highestHalf = sequence;
        markDirty(entry);
        return true;
    }

    private Entry find(byte[] text, int start, int length, long epoch) {
        probe.set(text, start, length, epoch);
        Entry found = entries.get(probe);
        if (found == null) {
            AgentKey key = new AgentKey();
            key.set(Arrays.copyOfRange(text, start, start + length), 0, length, epoch);
            found = new Entry(key);
            entries.put(key, found);
        }
        return found;
    }

    private void markDirty(Entry entry) {
        if (!entry.dirty) {
            entry.dirty = true;
            entry.nextDirty = firstDirty;
            firstDirty = entry;
        }
    }

    @Override
    public long rulesOffset() {
        return rulesOffset;
    }

    @Override
    public long volumesOffset() {
        return volumesOffset;
    }

    @Override
    public void inForce(long newRulesOffset, long newVolumesOffset) {
        restoreInForce(newRulesOffset, newVolumesOffset);
        inForceDirty = true;
    }

    /** Puts in what was saved. */
    void restore(byte[] agent, long epoch, long highest, long highestHalf) {
        Entry entry = find(agent, 0, agent.length, epoch);
        entry.highest = highest;
        entry.highestHalf = highestHalf;
    }

    /** Puts in what was saved. */
    void restoreInForce(long savedRulesOffset, long savedVolumesOffset) {
        rulesOffset = savedRulesOffset;
        volumesOffset = savedVolumesOffset;
    }

    /** Hands over what has changed since the last call. */
    void drain(Consumer<Entry> changed, InForce changedInForce) {
        for (Entry entry = firstDirty; entry != null; ) {
            changed.accept(entry);
            Entry next = entry.nextDirty;
            entry.dirty = false;
            entry.nextDirty = null;
            entry = next;
        }
        firstDirty = null;
        if (inForceDirty) {
            changedInForce.accept(rulesOffset, volumesOffset);
            inForceDirty = false;
        }
    }

    /** Told which rules judge, and with which volumes. */
    @FunctionalInterface
    interface InForce {
        void accept(long rulesOffset, long volumesOffset);
    }

    /** The numbers of one agent in one epoch. */
    static final class Entry {
        private final AgentKey key;
        private long highest;
        private long highestHalf;
        private boolean dirty;
        private @Nullable Entry nextDirty;

        Entry(AgentKey key) {
            this.key = key;
        }

        byte[] agent() {
            return key.text;
        }

        long epoch() {
            return key.epoch;
        }

        long highest() {
            return highest;
        }

        long highestHalf() {
            return highestHalf;
        }
    }

    /** Agent id bytes and epoch; the probe points into a record, the kept ones own their bytes. */
    private static final class AgentKey {
        private byte[] text = new byte[0];
        private int start;
        private int length;
        private long epoch;
        private int hash;

        void set(byte[] newText, int newStart, int newLength, long newEpoch) {
            text = newText;
            start = newStart;
            length = newLength;
            epoch = newEpoch;
            int h = Long.hashCode(newEpoch);
            for (int i = newStart; i < newStart + newLength; i++) {
                h = 31 * h + newText[i];
            }
            hash = h;
        }

        boolean is(byte[] otherText, int otherStart, int otherLength, long otherEpoch) {
            return epoch == otherEpoch
                    && length == otherLength
                    && Arrays.equals(text, start, start + length, otherText, otherStart, otherStart + otherLength);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof AgentKey key && is(key.text, key.start, key.length, key.epoch);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
