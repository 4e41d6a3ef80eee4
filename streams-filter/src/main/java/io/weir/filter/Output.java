package io.weir.filter;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.RulesInForce;
import org.apache.kafka.common.header.Headers;
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

    /** From here on another rule set judges. */
    record InForce(String topic, byte[] key, RulesInForce rules, Headers headers) implements Output {}

    /** An event that could not be judged, as it was read, with the cause in the headers. */
    record DeadEvent(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) implements Output {}

    /** A request that nobody could carry out, with the cause in the headers. */
    record DeadRequest(String topic, byte @Nullable [] key, ActionRequest request, Headers headers) implements Output {}
}
