package io.weir.filter.replay.verify;

import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ParallelReader;
import io.weir.filter.replay.ScanTask;
import io.weir.filter.replay.TimeSpan;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Decision;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/** Reads what an {@link ActionCheck} needs. */
final class ActionTrails {
    private final KafkaConnection connection;
    private final int threads;
    private final Findings findings;

    ActionTrails(KafkaConnection connection, int threads, Findings findings) {
        this.connection = connection;
        this.threads = threads;
        this.findings = findings;
    }

    /**
     * Checks; gives how many requests may still get their result.
     *
     * @param decisions those to check
     */
    long check(Scope scope, LogWindow decisions, Instant from, Instant now, Verification.Phases phases) {
        // In this order: a result is younger than its request, an echo of it too, and a decision as old as its request.
        LogWindow results = kept(Topics.ACTION_RESULTS);
        LogWindow letters = kept(Topics.DEAD_LETTERS);
        List<LogWindow> requests = ParallelReader.requestTopics(connection).stream()
                .map(this::kept)
                .toList();
        LogWindow all = new LogWindow(decisions.topic(), kept(Topics.DECISIONS).partitions());
        Optional<Instant> requestsFrom = requests.stream()
                .map(LogWindow::wholeFrom)
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
        long sizes = requests.stream().mapToLong(LogWindow::size).sum();
        int passes = ActionCheck.passes(decisions.size() + sizes, results);
        long open = 0;
        for (int pass = 0; pass < passes; pass++) {
            ActionCheck check = new ActionCheck(pass, passes, findings);
            String what = "following actions" + (passes > 1 ? ", part " + (pass + 1) + " of " + passes : "");
            try (ConfluentAvroDeserializer<SpecificRecord> values = new ConfluentAvroDeserializer<>();
                    Verification.Phases.Phase phase = phases.begin(what)) {
                values.configure(connection.serdeConfig(), false);
                List<ScanTask> tasks = new ArrayList<>();
                requests.forEach(window -> tasks.addAll(ScanTask.kept(window, record -> take(values, record, check))));
                tasks.addAll(ScanTask.kept(results, record -> take(values, record, check)));
                tasks.addAll(ScanTask.kept(letters, record -> take(values, record, check)));
                decisions
                        .partitions()
                        .forEach((number, window) -> tasks.add(new ScanTask(
                                window.partition(),
                                window.begin(),
                                all.of(number).end(),
                                record -> decision(values, record, scope, window.end(), check))));
                new ParallelReader(connection, threads, phase.progress()).read(tasks);
            }
            open += check.report(requestsFrom, from, now);
        }
        return open;
    }

    private LogWindow kept(String topic) {
        return LogWindow.ofWhatIsLeft(connection, topic, TimeSpan.ALL);
    }

    private static Optional<SpecificRecord> value(
            ConfluentAvroDeserializer<SpecificRecord> values, ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? Optional.empty()
                    : Optional.ofNullable(values.deserialize(record.topic(), record.value()));
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    private static void take(
            ConfluentAvroDeserializer<SpecificRecord> values,
            ConsumerRecord<byte[], byte[]> record,
            ActionCheck check) {
        SpecificRecord value = value(values, record).orElse(null);
        if (value instanceof ActionRequest request && record.topic().equals(Topics.DEAD_LETTERS)) {
            check.deadLetter(request);
        } else if (value instanceof ActionRequest request) {
            check.request(
                    request,
                    new TopicPartition(record.topic(), record.partition()),
                    Places.of(record),
                    record.timestamp());
        } else if (value instanceof ActionResult result) {
            check.result(result, Places.of(record), record.timestamp());
        }
    }

    private static void decision(
            ConfluentAvroDeserializer<SpecificRecord> values,
            ConsumerRecord<byte[], byte[]> record,
            Scope scope,
            long comparedUpTo,
            ActionCheck check) {
        if (value(values, record).orElse(null) instanceof Decision decision) {
            Claim claim = Claim.of(decision, record.headers(), Places.of(record));
            boolean compared = record.offset() < comparedUpTo;
            boolean inWindow = compared && scope.place(claim) == Scope.Place.WITHIN;
            check.decision(decision, Places.of(record), record.timestamp(), inWindow, compared);
        }
    }
}
