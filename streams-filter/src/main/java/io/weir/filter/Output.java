package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.Alert;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.RulesInForce;
import io.weir.schemas.topic.RulePath;
import io.weir.schemas.topic.Topics;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record that the judge wants written. */
@SuppressWarnings("ArrayRecordComponent") // bytes as Kafka takes them; outputs are never compared
public sealed interface Output {
    String topic();

    byte @Nullable [] key();

    Headers headers();

    /** An action to carry out. */
    record Request(String topic, byte @Nullable [] key, ActionRequest request, Headers headers) implements Output {}

    /** What was concluded about an event. */
    record Concluded(String topic, byte[] key, Decision decision, Headers headers) implements Output {}

    /** What an event adds to a rule that counts. */
    record Contributed(String topic, byte[] key, Contribution contribution, Headers headers) implements Output {}

    /** From here on another rule set judges, or with other volumes. */
    record InForce(String topic, byte[] key, RulesInForce rules, Headers headers) implements Output {
        /** From a record on, of the events or of the contributions to rules that count. */
        static InForce of(ActiveRules active, RegisteredVolumes volumes, String topic, int partition, long offset) {
            String place = partition + ":" + offset;
            String key = topic.equals(Topics.AGGREGATES) ? "aggregates:" + place : place;
            RulesInForce rules = new RulesInForce(
                    partition, offset, active.offset(), active.set().hash(), topic, volumes.offset());
            return new InForce(Topics.RULES_IN_FORCE, key.getBytes(UTF_8), rules, new RecordHeaders());
        }
    }

    /**
     * For which path a rule is suspended.
     *
     * @param status null if it no longer is
     */
    record Status(String topic, byte[] key, @Nullable RuleStatus status, Headers headers) implements Output {
        /** A rule is no longer suspended for a path. */
        static Status over(RulePath target) {
            return new Status(Topics.RULE_STATUS, target.key().getBytes(UTF_8), null, new RecordHeaders());
        }
    }

    /** Something that a person has to look at. */
    record Alerted(String topic, byte[] key, Alert alert, Headers headers) implements Output {}

    /** An event that could not be judged, as it was read, with the cause in the headers. */
    record DeadEvent(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) implements Output {}

    /** A request that nobody could carry out, with the cause in the headers. */
    record DeadRequest(String topic, byte @Nullable [] key, ActionRequest request, Headers headers) implements Output {}
}
