package io.weir.filter.replay.verify;

import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.Position;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/**
 * That reading a record led to something: derived, or as it is recorded.
 *
 * @param source partition of the record whose reading led to it
 * @param trigger offset of that record
 * @param id tells it from what else that record led to
 * @param value what it led to
 * @param causation as the headers have it
 * @param place where it is recorded; of what is derived, where the record lies that led to it
 */
record Claim(
        TopicPartition source,
        long trigger,
        String id,
        SpecificRecord value,
        Optional<Causation> causation,
        String place) {
    static Claim of(Decision decision, Headers headers, String place) {
        Position late = decision.getDecidedAt();
        TopicPartition source = late == null
                ? new TopicPartition(Topics.FILE_EVENTS, decision.getPartition())
                : new TopicPartition(late.getTopic(), late.getPartition());
        long trigger = late == null ? decision.getOffset() : late.getOffset();
        // What waited or counted is concluded for one rule at a time.
        String rule = late == null || decision.getRules().isEmpty()
                ? ""
                : " by rule " + decision.getRules().get(0).getRule();
        return new Claim(source, trigger, decision.getEventId() + rule, decision, Causation.read(headers), place);
    }

    static Claim of(Contribution contribution, Headers headers, String place) {
        TopicPartition source = new TopicPartition(Topics.FILE_EVENTS, contribution.getEventPartition());
        String id = EventId.of(contribution.getEvent()) + " to rule " + contribution.getRule();
        return new Claim(source, contribution.getEventOffset(), id, contribution, Causation.read(headers), place);
    }

    Key key() {
        return new Key(trigger, value.getClass(), id);
    }

    boolean says(Claim other) {
        return value.equals(other.value) && causation.equals(other.causation);
    }

    /** {@code decision on nas1:1:41}. */
    String shown() {
        return (value instanceof Decision ? "decision on " : "contribution of ") + id;
    }

    /** By what two claims are about the same. */
    record Key(long trigger, Class<?> type, String id) {}
}
