package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulesApply;
import io.weir.schemas.topic.Topics;
import java.util.Optional;
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
        Optional<String> applyId = RulesApply.applyId(record.headers());
        byte @Nullable [] value = record.value();
        if (value == null) {
            rules.deletion(key, applyId, offset);
            return;
        }
        SpecificRecord decoded;
        try {
            decoded = decoder.decode(Topics.RULES, value);
        } catch (SerializationException e) {
            rules.unreadable(key, String.valueOf(e.getMessage()), offset);
            return;
        }
        if (decoded instanceof Manifest manifest && key.equals(Keys.APPLY)) {
            rules.manifest(manifest, offset);
        } else if (decoded instanceof Rule rule && rule.getId().equals(key)) {
            rules.rule(key, rule.getDefinition(), Optional.ofNullable(rule.getApplyId()), offset);
        } else {
            rules.unreadable(
                    key,
                    "key='" + key + "': expected a rule under its own id, or a manifest under '" + Keys.APPLY
                            + "'; found a " + decoded.getSchema().getName(),
                    offset);
        }
    }
}
