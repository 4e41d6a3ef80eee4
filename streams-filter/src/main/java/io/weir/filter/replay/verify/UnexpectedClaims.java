package io.weir.filter.replay.verify;

import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ParallelReader;
import io.weir.filter.replay.ScanTask;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What is recorded and does not follow: a second record of what has one already, or one that nothing leads to. Which it is
 * tells another look at what is recorded, for which only these are kept. Safe for all threads.
 */
final class UnexpectedClaims implements Consumer<Claim> {
    private static final int MOST = 10_000;

    private final Findings findings;
    private final List<Claim> claims = new ArrayList<>();

    UnexpectedClaims(Findings findings) {
        this.findings = findings;
    }

    private record About(TopicPartition source, Claim.Key key) {
        static About of(Claim claim) {
            return new About(claim.source(), claim.key());
        }
    }

    @Override
    public synchronized void accept(Claim claim) {
        if (claims.size() < MOST) {
            claims.add(claim);
        } else {
            findings.add(forged(claim, Optional.empty()));
        }
    }

    /** Tells each as a finding. */
    void classify(
            KafkaConnection connection,
            int threads,
            LogWindow decisions,
            LogWindow contributions,
            Verification.Phases phases) {
        if (claims.isEmpty()) {
            return;
        }
        Map<About, List<Claim>> all = new HashMap<>();
        claims.forEach(claim -> {
            all.put(About.of(claim), new ArrayList<>());
        });
        try (ConfluentAvroDeserializer<SpecificRecord> decoder = new ConfluentAvroDeserializer<>();
                Verification.Phases.Phase phase = phases.begin("looking at what does not follow")) {
            decoder.configure(connection.serdeConfig(), false);
            List<ScanTask> tasks = new ArrayList<>();
            Stream.of(decisions, contributions)
                    .forEach(window -> tasks.addAll(ScanTask.kept(window, record -> collect(decoder, record, all))));
            new ParallelReader(connection, threads, phase.progress()).read(tasks);
        }
        claims.forEach(claim -> findings.add(finding(claim, all.getOrDefault(About.of(claim), List.of()))));
    }

    private static void collect(
            ConfluentAvroDeserializer<SpecificRecord> decoder,
            ConsumerRecord<byte[], byte[]> record,
            Map<About, List<Claim>> all) {
        claim(decoder, record).ifPresent(claim -> {
            List<Claim> there = all.get(About.of(claim));
            if (there != null) {
                synchronized (there) {
                    there.add(claim);
                }
            }
        });
    }

    private static Optional<Claim> claim(
            ConfluentAvroDeserializer<SpecificRecord> decoder, ConsumerRecord<byte[], byte[]> record) {
        try {
            SpecificRecord value = record.value() == null ? null : decoder.deserialize(record.topic(), record.value());
            if (value instanceof Decision decision) {
                return Optional.of(Claim.of(decision, record.headers(), Places.of(record)));
            }
            return value instanceof Contribution contribution
                    ? Optional.of(Claim.of(contribution, record.headers(), Places.of(record)))
                    : Optional.empty();
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    private static Finding finding(Claim claim, List<Claim> there) {
        List<Claim> others = there.stream()
                .filter(other -> !other.place().equals(claim.place()))
                .toList();
        return others.stream()
                .filter(claim::says)
                .findFirst()
                .map(same -> new Finding(
                        Finding.Kind.DOUBLED,
                        claim.place(),
                        claim.shown() + " is recorded more than once; also at " + same.place(),
                        "",
                        ""))
                .orElseGet(() -> forged(claim, others.stream().findFirst()));
    }

    private static Finding forged(Claim claim, Optional<Claim> other) {
        return new Finding(
                Finding.Kind.FORGED,
                claim.place(),
                claim.shown() + ": nothing leads to what is recorded",
                other.map(right -> Differences.of(right, claim) + " (" + right.place() + ")")
                        .orElse("no record"),
                other.map(right -> Differences.of(claim, right))
                        .orElseGet(() -> Differences.shortened(claim.value().toString())));
    }
}
