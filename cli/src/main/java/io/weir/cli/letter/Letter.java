package io.weir.cli.letter;

import io.weir.cli.lines.JsonObject;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Resolution;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter.
 *
 * @param record as it lies in the topic; its offset is the letter's number
 * @param cause why it lies there
 * @param value what it is about, if that can be decoded
 * @param resolution what was decided about it
 */
record Letter(
        ConsumerRecord<byte[], byte[]> record,
        DeadLetter cause,
        Optional<SpecificRecord> value,
        Optional<Resolution> resolution) {
    long number() {
        return record.offset();
    }

    Instant at() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    Letter resolved(Resolution decided) {
        return new Letter(record, cause, value, Optional.of(decided));
    }

    Optional<ActionRequest> request() {
        return value.filter(ActionRequest.class::isInstance).map(ActionRequest.class::cast);
    }

    private Optional<FileEvent> event() {
        return request().map(ActionRequest::getEvent).or(() -> value.filter(FileEvent.class::isInstance)
                .map(FileEvent.class::cast));
    }

    Optional<String> rule() {
        return request().map(ActionRequest::getRule);
    }

    /** {@code chmod web:/in/a.zip}, as far as it is known. */
    String subject() {
        String action = request().map(request -> request.getAction() + " ").orElse("");
        return action + event().map(e -> e.getVolume() + ":" + e.getPath()).orElse("");
    }

    /** {@code open}, {@code retried} or {@code discarded}. */
    String state() {
        return resolution.map(decided -> decided.kind().word()).orElse("open");
    }

    JsonObject json() {
        return new JsonObject()
                .put("number", number())
                .put("at", at())
                .put("state", state())
                .put("component", cause.component())
                .put("cause", cause.cause())
                .put("detail", cause.detail())
                .put("topic", cause.topic())
                .put("partition", cause.partition())
                .put("offset", cause.offset())
                .put("rule", rule().orElse(null))
                .put("action", request().map(ActionRequest::getAction).orElse(null))
                .put("actionId", request().map(ActionRequest::getId).orElse(null))
                .put("volume", event().map(FileEvent::getVolume).orElse(null))
                .put("path", event().map(FileEvent::getPath).orElse(null))
                .put("type", event().map(FileEvent::getType).orElse(null))
                .put(
                        "correlationId",
                        Causation.read(record.headers())
                                .map(Causation::correlationId)
                                .orElse(null))
                .put("resolvedBy", resolution.map(Resolution::by).orElse(null))
                .put("resolvedSince", resolution.map(Resolution::reason).orElse(null));
    }
}
