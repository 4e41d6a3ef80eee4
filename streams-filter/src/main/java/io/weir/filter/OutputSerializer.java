package io.weir.filter;

import io.weir.schemas.topic.Topics;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Turns outputs into values: Avro by the topic's subject; dead events as they were read. */
final class OutputSerializer implements Serializer<Output> {
    private final Serializer<Object> avro;

    OutputSerializer(Serializer<Object> avro) {
        this.avro = avro;
    }

    @Override
    public byte @Nullable [] serialize(String topic, Output output) {
        if (output instanceof Output.Request request) {
            return avro.serialize(topic, request.request());
        }
        if (output instanceof Output.Concluded concluded) {
            return avro.serialize(topic, concluded.decision());
        }
        if (output instanceof Output.Contributed contributed) {
            return avro.serialize(topic, contributed.contribution());
        }
        if (output instanceof Output.InForce inForce) {
            return avro.serialize(topic, inForce.rules());
        }
        if (output instanceof Output.Status status) {
            return status.status() == null ? null : avro.serialize(topic, status.status());
        }
        if (output instanceof Output.Alerted alerted) {
            return avro.serialize(topic, alerted.alert());
        }
        if (output instanceof Output.DeadRequest dead) {
            return avro.serialize(Topics.ACTIONS, dead.request());
        }
        return ((Output.DeadEvent) output).value();
    }
}
