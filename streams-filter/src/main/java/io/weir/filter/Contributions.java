package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.rules.EventView;
import io.weir.rules.Rule;
import io.weir.rules.trigger.Burst;
import io.weir.rules.trigger.Together;
import io.weir.schemas.Contribution;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Topics;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** What events add to rules that count, across directories and so across partitions. */
final class Contributions {
    private Contributions() {}

    /** All of a rule and group have one key, so that they are in one partition, in an order of record. */
    static Output of(Rule rule, EventView view, Conclusion.Case c) {
        String group = group(rule, view);
        Contribution contribution = Contribution.newBuilder()
                .setRule(rule.id())
                .setConditionHash(rule.conditionHash())
                .setGroup(group)
                .setDistinct(distinct(rule, view))
                .setEvent(c.event().record())
                .setEventPartition(c.partition())
                .setEventOffset(c.offset())
                .setRulesOffset(c.rulesOffset())
                .setCausationId(c.causation().map(Causation::causationId).orElse(null))
                .setCausationEvidence(c.causation().map(Conclusion::evidence).orElse(null))
                .build();
        Headers headers = new RecordHeaders();
        c.next(c.event().id()).write(headers);
        byte[] key = (rule.id() + ":" + group).getBytes(UTF_8);
        return new Output.Contributed(Topics.AGGREGATES, key, contribution, headers);
    }

    private static String group(Rule rule, EventView view) {
        return rule.trigger() instanceof Burst burst ? burst.group(view) : view.volume();
    }

    private static @Nullable String distinct(Rule rule, EventView view) {
        if (rule.trigger() instanceof Burst burst) {
            return burst.distinctValue(view).orElse(null);
        }
        return rule.trigger() instanceof Together together ? Integer.toString(together.position(view)) : null;
    }
}
