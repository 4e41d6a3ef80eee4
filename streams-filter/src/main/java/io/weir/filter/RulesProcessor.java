package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.topic.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Feeds the records of {@code weir.rules} to the {@link RuleLog}. */
final class RulesProcessor extends ContextualProcessor<byte[], byte[], Void, Void> {
    private final RuleLog rules;
    private final PatientDecoder decoder;

    RulesProcessor(RuleLog rules, PatientDecoder decoder) {
        this.rules = rules;
        this.decoder = decoder;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long offset = context().recordMetadata().map(RecordMetadata::offset).orElse(-1L);
        String key = new String(record.key(), UTF_8);
        byte @Nullable [] value = record.value();
        @Nullable SpecificRecord decoded;
        try {
            decoded = value == null ? null : decoder.decode(Topics.RULES, value);
        } catch (SerializationException e) {
            rules.unreadable(key, String.valueOf(e.getMessage()), offset);
            return;
        }
        RuleRecords.feed(rules, key, record.headers(), decoded, offset);
    }
}
