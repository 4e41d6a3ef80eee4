package io.weir.cli.audit;

import io.weir.cli.CommandException;
import io.weir.filter.Output;
import io.weir.schemas.connect.KafkaConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Where a replay writes its decisions and requests, if anywhere. */
interface Emission extends AutoCloseable {
    /** Nowhere. */
    Emission NONE = new Emission() {
        @Override
        public void decision(Output.Concluded decision) {}

        @Override
        public void request(Output.Request request) {}

        @Override
        public void close() {}
    };

    void decision(Output.Concluded decision);

    void request(Output.Request request);

    /** Waits until all has been written. */
    @Override
    void close();

    /** To topics that are made if they are not there. */
    static Emission to(KafkaConnection connection, EmitTarget target) {
        make(connection, target);
        return new Topics(connection, target);
    }

    private static void make(KafkaConnection connection, EmitTarget target) {
        try (Admin admin = Admin.create(connection.adminConfig("weir-replay"))) {
            for (String topic : List.of(target.decisions(), target.requests())) {
                try {
                    admin.createTopics(List.of(
                                    new NewTopic(topic, java.util.Optional.empty(), java.util.Optional.empty())))
                            .all()
                            .get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new CommandException("cannot make topic='" + topic + "': " + e.getCause(), e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while making topics", e);
        }
    }

    /** Writes to them. */
    final class Topics implements Emission {
        private final EmitTarget target;
        private final KafkaProducer<byte[], SpecificRecord> producer;
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

        Topics(KafkaConnection connection, EmitTarget target) {
            this.target = target;
            Map<String, Object> config = connection.producerConfig("weir-replay");
            config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            config.put("auto.register.schemas", true);
            this.producer = new KafkaProducer<>(config);
        }

        @Override
        public void decision(Output.Concluded decision) {
            send(target.decisions(), decision.key(), decision.decision(), decision.headers());
        }

        @Override
        public void request(Output.Request request) {
            send(target.requests(), request.key(), request.request(), request.headers());
        }

        private void send(String topic, byte @Nullable [] key, SpecificRecord value, Headers headers) {
            requireSuccess();
            var unused = producer.send(new ProducerRecord<>(topic, null, key, value, headers), (metadata, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, e);
                }
            });
        }

        private void requireSuccess() {
            Exception first = failure.get();
            if (first != null) {
                throw new CommandException("cannot write to " + target + ": " + first.getMessage(), first);
            }
        }

        @Override
        public void close() {
            producer.close();
            requireSuccess();
        }
    }
}
