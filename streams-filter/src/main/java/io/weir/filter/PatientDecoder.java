package io.weir.filter;

import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the records of the global topics. None of them may be passed over because the registry is away, so it asks until
 * there is an answer; what is in force stays in force meanwhile.
 */
final class PatientDecoder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PatientDecoder.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ConfluentAvroDeserializer<SpecificRecord> deserializer = new ConfluentAvroDeserializer<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable String fault;

    PatientDecoder(Map<String, Object> serdeConfig) {
        deserializer.configure(serdeConfig, false);
    }

    /**
     * Decodes a value that is not null.
     *
     * @throws SerializationException if it is not what the topic should hold
     */
    SpecificRecord decode(String topic, byte[] value) {
        while (true) {
            try {
                SpecificRecord record = deserializer.deserialize(topic, value);
                fault = null;
                if (record == null) {
                    throw new SerializationException("topic='" + topic + "': the value holds no record");
                }
                return record;
            } catch (SerializationException e) {
                if (!(e.getCause() instanceof RegistryException cause) || !cause.isUnavailable()) {
                    throw e;
                }
                waitFor(topic, e);
            }
        }
    }

    private void waitFor(String topic, SerializationException e) {
        String reason = "cannot read " + topic + ": " + e.getMessage() + "; what is in force stays in force";
        boolean first = fault == null;
        fault = reason;
        if (first) {
            LOG.atWarn().addKeyValue("topic", topic).setCause(e).log("The registry is away; trying again every second");
        }
        try {
            if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SerializationException("closed while waiting for the registry", e);
            }
        } catch (InterruptedException interrupt) {
            throw new InterruptException(interrupt);
        }
    }

    /** Why it waits at present. */
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public void close() {
        closed.countDown();
        deserializer.close();
    }
}
