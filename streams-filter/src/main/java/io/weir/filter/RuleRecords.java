package io.weir.filter;

import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulesApply;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Tells a {@link RuleLog} what a record of {@code weir.rules} is. The filter and whoever rebuilds a past set use the same. */
public final class RuleRecords {
    private RuleRecords() {}

    /**
     * Feeds a record.
     *
     * @param value null for a tombstone
     */
    public static void feed(RuleLog log, String key, Headers headers, @Nullable SpecificRecord value, long offset) {
        if (value == null) {
            log.deletion(key, RulesApply.applyId(headers), offset);
        } else if (value instanceof Manifest manifest && key.equals(Keys.APPLY)) {
            log.manifest(manifest, offset);
        } else if (value instanceof Rule rule && rule.getId().equals(key)) {
            log.rule(key, rule.getDefinition(), Optional.ofNullable(rule.getApplyId()), offset);
        } else {
            log.unreadable(
                    key,
                    "key='" + key + "': expected a rule under its own id, or a manifest under '" + Keys.APPLY
                            + "'; found a " + value.getSchema().getName(),
                    offset);
        }
    }
}
