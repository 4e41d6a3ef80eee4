package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps {@link Volumes} as {@code weir.volumes} says. The key alone tells; what else the record holds is for people. */
final class VolumesProcessor extends ContextualProcessor<byte[], byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(VolumesProcessor.class);

    private final Volumes volumes;

    VolumesProcessor(Volumes volumes) {
        this.volumes = volumes;
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's record is not annotated: a tombstone has a null value
    public void process(Record<byte[], byte[]> record) {
        String name = new String(record.key(), UTF_8);
        long offset = context().recordMetadata().map(RecordMetadata::offset).orElse(-1L);
        if (record.value() == null) {
            volumes.remove(name, offset);
        } else if (!volumes.add(name, offset)) {
            LOG.atWarn().addKeyValue("volume", name).log("Passed over a volume whose name is not valid");
        }
    }
}
