package io.weir.it.filter;

import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulesApply;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Applies rules as {@code weir rules apply} does: rules and manifest in one transaction. */
final class RuleWriter implements AutoCloseable {
    private final KafkaProducer<String, SpecificRecord> producer;

    RuleWriter(KafkaConnection connection) {
        Map<String, Object> config = connection.producerConfig("it-rules");
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, RulesApply.TRANSACTIONAL_ID);
        producer = new KafkaProducer<>(config);
        producer.initTransactions();
    }

    /** A rule that quarantines created files of an extension. */
    static String definition(String id, String extension) {
        return "id: " + id + "\non: created\nwhen:\n  - extension: " + extension
                + "\nactions:\n  - quarantine: { to: /.quarantine }\n";
    }

    /** Applies; gives the offset of the manifest. */
    long apply(String applyId, Map<String, String> written) throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        Future<RecordMetadata> manifest = write(applyId, written);
        producer.commitTransaction();
        return manifest.get().offset();
    }

    /** Writes all of an apply, then aborts the transaction. */
    void abort(String applyId, Map<String, String> written) throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        write(applyId, written).get();
        producer.abortTransaction();
    }

    private Future<RecordMetadata> write(String applyId, Map<String, String> written) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        written.forEach((id, definition) -> sent.add(send(
                id,
                Rule.newBuilder()
                        .setId(id)
                        .setDefinition(definition)
                        .setApplyId(applyId)
                        .build(),
                applyId)));
        Manifest manifest = Manifest.newBuilder()
                .setApplyId(applyId)
                .setWritten(new ArrayList<>(written.keySet()))
                .setDeleted(List.of())
                .setHash(RulesApply.hash(written, Set.of()))
                .setBaseOffset(0)
                .setWrittenAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .build();
        sent.add(send(Keys.APPLY, manifest, applyId));
        return sent.get(sent.size() - 1);
    }

    private Future<RecordMetadata> send(String key, SpecificRecord value, String applyId) {
        ProducerRecord<String, SpecificRecord> record = new ProducerRecord<>(Topics.RULES, key, value);
        RulesApply.stamp(record.headers(), applyId);
        return producer.send(record);
    }

    @Override
    public void close() {
        producer.close();
    }
}
