package io.weir.agent.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.agent.claim.ClaimLog;
import io.weir.agent.claim.LogPosition;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code weir.components}. What is not a status of an agent, or cannot be decoded, is passed over. */
final class KafkaClaimLog implements ClaimLog {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.COMPONENTS, 0);
    private static final byte[] AGENT = "agent/".getBytes(UTF_8);

    private final KafkaConnection connection;
    private final String agent;

    KafkaClaimLog(KafkaConnection connection, String agent) {
        this.connection = connection;
        this.agent = agent;
    }

    @Override
    public Reader open() {
        Map<String, Object> config = connection.consumerConfig("weir-agent-claim-" + agent);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20);
        try {
            return new KafkaReader(new KafkaConsumer<>(config), statuses());
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    private ConfluentAvroDeserializer<Object> statuses() {
        ConfluentAvroDeserializer<Object> statuses = new ConfluentAvroDeserializer<>();
        statuses.configure(connection.serdeConfig(), false);
        return statuses;
    }

    private static UnreachableException unreachable(RuntimeException e) {
        return new UnreachableException("topic='" + Topics.COMPONENTS + "' cannot be read: " + e.getMessage(), e);
    }

    private static final class KafkaReader implements Reader {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final ConfluentAvroDeserializer<Object> statuses;
        private long offset;

        KafkaReader(KafkaConsumer<byte[], byte[]> consumer, ConfluentAvroDeserializer<Object> statuses) {
            this.consumer = consumer;
            this.statuses = statuses;
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
        }

        @Override
        public List<Entry> poll(Duration atMost) throws InterruptedException {
            List<Entry> entries = new ArrayList<>();
            try {
                for (ConsumerRecord<byte[], byte[]> r : consumer.poll(atMost)) {
                    offset = r.offset() + 1;
                    status(r).ifPresent(s -> entries.add(new Entry(new LogPosition(r.offset(), r.timestamp()), s)));
                }
                return entries;
            } catch (InterruptException e) {
                throw (InterruptedException) new InterruptedException("interrupted while reading").initCause(e);
            } catch (KafkaException | RegistryException e) {
                throw unreachable(e);
            }
        }

        private Optional<ComponentStatus> status(ConsumerRecord<byte[], byte[]> r) {
            if (r.value() == null || r.key() == null || !startsWith(r.key(), AGENT)) {
                return Optional.empty();
            }
            try {
                return statuses.deserialize(Topics.COMPONENTS, r.value()) instanceof ComponentStatus s
                        ? Optional.of(s)
                        : Optional.empty();
            } catch (SerializationException e) {
                RegistryException.throwIfAway(e);
                return Optional.empty(); // Not by an agent: nobody else's record may hold up all of them.
            }
        }

        private static boolean startsWith(byte[] key, byte[] prefix) {
            return key.length > prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
        }

        @Override
        public long offset() {
            return offset;
        }

        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
