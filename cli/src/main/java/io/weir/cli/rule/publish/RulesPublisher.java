package io.weir.cli.rule.publish;

import io.weir.cli.CommandException;
import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulesApply;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/** The writer of {@code weir.rules}. Opening it fences an earlier one. Belongs to one thread. */
public final class RulesPublisher implements Closeable {
    private static final int TIMEOUT_MS = 15_000;

    private final KafkaConnection connection;
    private final KafkaProducer<String, SpecificRecord> producer;

    private RulesPublisher(KafkaConnection connection, KafkaProducer<String, SpecificRecord> producer) {
        this.connection = connection;
        this.producer = producer;
    }

    /** Takes the transactional id. */
    public static RulesPublisher open(KafkaConnection connection) {
        Map<String, Object> config = connection.producerConfig("weir-rules");
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, RulesApply.TRANSACTIONAL_ID);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TIMEOUT_MS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
        KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(config);
        try {
            producer.initTransactions();
            return new RulesPublisher(connection, producer);
        } catch (KafkaException e) {
            producer.close();
            throw new CommandException("cannot become the writer of " + Topics.RULES + ": " + e.getMessage(), e);
        }
    }

    /** The rules as they are; what is applied next cannot miss a change by another writer. */
    public PublishedRules published() {
        return PublishedRules.read(connection);
    }

    /**
     * Publishes a change in one transaction. The change must have something to write or delete.
     *
     * @param base what the change was made from
     * @throws CommandException if nothing of it was published
     */
    public PublishedApply publish(RuleChange change, PublishedRules base, String author, Optional<String> comment) {
        String applyId = UUID.randomUUID().toString();
        SortedMap<String, String> written = change.written();
        try {
            producer.beginTransaction();
            written.forEach((id, definition) -> {
                Future<?> unused = send(applyId, id, rule(id, definition, applyId, author, comment.orElse(null)));
            });
            for (String id : change.deleted()) {
                Future<?> unused = send(applyId, id, null);
            }
            Future<RecordMetadata> manifest =
                    send(applyId, Keys.APPLY, manifest(applyId, change, base, author, comment.orElse(null)));
            producer.commitTransaction();
            return published(applyId, manifest);
        } catch (ProducerFencedException e) {
            throw new CommandException(
                    "the rules were not changed: another 'weir rules' came between; run it again", e);
        } catch (KafkaException e) {
            throw new CommandException("the rules were not changed: " + e.getMessage(), e);
        }
    }

    /** The commit has waited for the manifest to be written. */
    private static PublishedApply published(String applyId, Future<RecordMetadata> manifest) {
        try {
            RecordMetadata written = manifest.get();
            return new PublishedApply(applyId, written.offset(), Instant.ofEpochMilli(written.timestamp()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a manifest was committed but not written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted; the change is published", e);
        }
    }

    /** Aborts what was not committed. */
    @Override
    public void close() {
        producer.close();
    }

    /** The commit fails if any of the sends did. */
    private Future<RecordMetadata> send(String applyId, String key, @Nullable SpecificRecord value) {
        ProducerRecord<String, SpecificRecord> record = new ProducerRecord<>(Topics.RULES, key, value);
        RulesApply.stamp(record.headers(), applyId);
        return producer.send(record);
    }

    private static Rule rule(String id, String definition, String applyId, String author, @Nullable String comment) {
        return Rule.newBuilder()
                .setId(id)
                .setDefinition(definition)
                .setApplyId(applyId)
                .setAuthor(author)
                .setComment(comment)
                .setWrittenAt(now())
                .build();
    }

    private static Manifest manifest(
            String applyId, RuleChange change, PublishedRules base, String author, @Nullable String comment) {
        SortedMap<String, String> written = change.written();
        return Manifest.newBuilder()
                .setApplyId(applyId)
                .setWritten(List.copyOf(written.keySet()))
                .setDeleted(change.deleted())
                .setHash(RulesApply.hash(written, change.deleted()))
                .setBaseOffset(base.endOffset())
                .setAuthor(author)
                .setComment(comment)
                .setWrittenAt(now())
                .build();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
