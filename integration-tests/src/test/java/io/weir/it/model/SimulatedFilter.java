package io.weir.it.model;

import io.weir.agent.SpooledEvent;
import io.weir.filter.ActiveRules;
import io.weir.filter.Entry;
import io.weir.filter.FilterFigures;
import io.weir.filter.Judge;
import io.weir.filter.JudgeSettings;
import io.weir.filter.JudgeStore;
import io.weir.filter.Output;
import io.weir.filter.RegisteredVolumes;
import io.weir.filter.SequenceTable;
import io.weir.filter.StateLog;
import io.weir.schemas.FileEvent;
import io.weir.schemas.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The log of events, in partitions, and the production judge that reads it, exactly once. */
final class SimulatedFilter {
    /** Takes what the judge writes. */
    interface Requests {
        void take(Output.Request request, SpooledEvent of);
    }

    static final int PARTITIONS = 2;
    private static final int SCHEMA = 7;
    private static final long LOG_TIME = 1_700_000_000_000L;
    private static final SpecificDatumWriter<FileEvent> WRITER = new SpecificDatumWriter<>(FileEvent.class);

    private record Logged(Entry entry, SpooledEvent event) {}

    /** One partition of the log. What the judge's store holds changes together with its position. */
    private final class Partition {
        final List<Logged> log = new ArrayList<>();
        final SequenceTable store = new SequenceTable();
        Judge judge = judge(store);
        int position;
    }

    private final String volume;
    private final ActiveRules rules;
    private final Mutations mutations;
    private final Requests requests;
    private final FilterFigures figures = new FilterFigures();
    private final List<Partition> partitions = new ArrayList<>();

    SimulatedFilter(String volume, ActiveRules rules, Mutations mutations, Requests requests) {
        this.volume = volume;
        this.rules = rules;
        this.mutations = mutations;
        this.requests = requests;
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new Partition());
        }
    }

    private Judge judge(JudgeStore store) {
        JudgeSettings settings = new JudgeSettings(
                "f",
                () -> new RegisteredVolumes(Set.of(volume), 0),
                id -> FileEvent.getClassSchema(),
                Duration.ofHours(24));
        JudgeStore used = mutations.has(Mutation.RESENT_JUDGED) ? new Forgetful(store) : store;
        return new Judge(() -> rules, used, StateLog.NONE, settings, figures);
    }

    /** An agent's record, or two, come to the end of the log. */
    void append(SpooledEvent event) {
        append(event.key(), event.event(), event);
        event.sourceKey().ifPresent(key -> append(key, event.sourceHalf().orElseThrow(), event));
    }

    private void append(String key, FileEvent value, SpooledEvent event) {
        Headers headers = new RecordHeaders();
        if (!mutations.has(Mutation.HEADERS_IGNORED)) {
            event.causation().ifPresent(c -> c.write(headers));
        }
        byte[] bytes = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        partitions
                .get(partitionOf(bytes))
                .log
                .add(new Logged(new Entry(bytes, encode(value), headers, LOG_TIME), event));
    }

    static int partitionOf(byte[] key) {
        return Math.floorMod(java.util.Arrays.hashCode(key), PARTITIONS);
    }

    private static byte[] encode(FileEvent event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            out.write(WireFormat.header(SCHEMA));
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            WRITER.write(event, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    boolean hasWork() {
        return partitions.stream().anyMatch(p -> p.position < p.log.size());
    }

    void step(Random random) {
        List<Partition> behind =
                partitions.stream().filter(p -> p.position < p.log.size()).toList();
        Partition partition = behind.get(random.nextInt(behind.size()));
        Logged next = partition.log.get(partition.position);
        int number = partitions.indexOf(partition);
        for (Output output : partition.judge.on(next.entry(), number, partition.position)) {
            if (output instanceof Output.Request request) {
                requests.take(request, next.event());
            } else if (output instanceof Output.DeadEvent || output instanceof Output.DeadRequest) {
                throw new Violation("dead letter: " + output);
            }
        }
        partition.position++;
    }

    /** It is stopped and started again: its stores are as of its position. */
    void restart() {
        partitions.forEach(p -> p.judge = judge(p.store));
    }

    /** Events judged, each once. */
    long judged() {
        return figures.snapshot().getOrDefault("judged", 0L);
    }

    /** Takes each number for new. */
    private record Forgetful(JudgeStore store) implements JudgeStore {
        @Override
        public boolean advance(byte[] text, int start, int length, long epoch, long sequence, boolean half) {
            store.advance(text, start, length, epoch, sequence, half);
            return true;
        }

        @Override
        public long rulesOffset() {
            return store.rulesOffset();
        }

        @Override
        public long volumesOffset() {
            return store.volumesOffset();
        }

        @Override
        public void inForce(long rulesOffset, long volumesOffset) {
            store.inForce(rulesOffset, volumesOffset);
        }
    }
}
