package io.weir.benchmarks.pipeline;

import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.WireFormat;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** File events as an agent on a render farm's volume would publish them, of some 250 bytes; the same for each seed. */
final class EventLoad {
    static final String VOLUME = "projects";

    /** The extension that one event in a hundred has, and the rules of the measurement look for. */
    static final String RARE = "zip";

    private static final int AGENTS = 3;
    private static final List<String> TYPES =
            List.of("created", "modified", "written", "written", "attributes-changed");
    private static final List<String> EXTENSIONS =
            List.of("exr", "tif", "png", "abc", "ma", "nk", "mov", "json", "txt");

    private final Random random;
    private final long[] sequences = new long[AGENTS];

    EventLoad(long seed) {
        this.random = new Random(seed);
    }

    /** Writes events; gives the mean size of a value. */
    long preload(KafkaConnection connection, int count) {
        Map<String, Object> config = connection.producerConfig("bench-load");
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        try (KafkaProducer<String, FileEvent> producer = new KafkaProducer<>(config)) {
            long[] bytes = new long[1];
            for (int i = 0; i < count; i++) {
                FileEvent event = next(i);
                String key = Keys.fileEvent(event.getVolume(), event.getPath());
                var unused =
                        producer.send(new ProducerRecord<>(Topics.FILE_EVENTS, key, event), (metadata, failure) -> {
                            if (failure == null) {
                                bytes[0] += metadata.serializedValueSize();
                            }
                        });
            }
            producer.flush();
            return bytes[0] / count;
        }
    }

    /** The next event in the wire format. */
    byte[] encoded(int i) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(300);
        out.write(WireFormat.header(1));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new SpecificDatumWriter<>(FileEvent.class).write(next(i), encoder);
        return out.toByteArray();
    }

    private FileEvent next(int i) {
        int agent = random.nextInt(AGENTS);
        String extension = i % 100 == 0 ? RARE : EXTENSIONS.get(random.nextInt(EXTENSIONS.size()));
        String path = "/show-" + random.nextInt(20) + "/seq_" + random.nextInt(50) + "/shot_" + random.nextInt(100)
                + "/render/v0" + random.nextInt(10) + "/beauty." + (1000 + random.nextInt(9000)) + "." + extension;
        long now = 1_750_000_000_000_000_000L + i * 1_000_000L;
        return FileEvent.newBuilder()
                .setType(i % 100 == 0 ? "written" : TYPES.get(random.nextInt(TYPES.size())))
                .setVolume(VOLUME)
                .setPath(path)
                .setAgent("render-storage-" + agent)
                .setEpoch(1)
                .setSequence(++sequences[agent])
                .setObservedAt(Instant.ofEpochSecond(now / 1_000_000_000L))
                .setHost("storage-" + agent + ".example.org")
                .setState(new FileState(
                        "fd00:" + Long.toHexString(random.nextInt()),
                        "file",
                        random.nextLong(100_000_000),
                        0644,
                        "artist-" + random.nextInt(30),
                        "render",
                        1000L + random.nextInt(30),
                        2000L,
                        1L,
                        now,
                        now,
                        now))
                .build();
    }
}
