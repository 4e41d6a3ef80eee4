package io.weir.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.weir.schemas.connect.Seeds;
import io.weir.schemas.registry.FakeRegistry;
import io.weir.schemas.released.Samples;
import io.weir.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever bytes lie in a topic: a reader gives a record or a {@link SerializationException}, soon and in little memory. */
@Timeout(60)
class RecordFuzzTest {
    private static final int MUTANTS = 20_000;

    @AutoClose
    private final FakeRegistry registry = new FakeRegistry();

    @Test
    void mutatedRecords() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        List<SpecificRecord> samples = Samples.all();
        try (var serializer = new ConfluentAvroSerializer();
                var reader = new ConfluentAvroDeserializer<SpecificRecord>()) {
            Map<String, Object> config = Map.of("schema.registry.url", registry.url(), "auto.register.schemas", true);
            serializer.configure(config, false);
            reader.configure(config, false);
            byte[][] good = samples.stream()
                    .map(sample -> serializer.serialize("any", sample))
                    .toArray(byte[][]::new);
            for (int i = 0; i < MUTANTS; i++) {
                byte[] mutant = good[random.nextInt(good.length)];
                // The id of the schema stays as it is: another one is asked for, and RegistryFuzzTest does that.
                byte[] changed = Seeds.mutate(random, mutant);
                if (changed.length >= 5) {
                    System.arraycopy(mutant, 0, changed, 0, 5);
                }
                read(reader, "any", changed, "seed " + seed + ", mutant " + i);
            }
        }
    }

    /** Strings and lists that say that they are as long as memory, or longer. */
    @Test
    void lengthsThatAreNotThere() {
        try (var serializer = new ConfluentAvroSerializer();
                var reader = new ConfluentAvroDeserializer<SpecificRecord>()) {
            Map<String, Object> config = Map.of("schema.registry.url", registry.url(), "auto.register.schemas", true);
            serializer.configure(config, false);
            reader.configure(config, false);
            for (SpecificRecord sample : Samples.all()) {
                byte[] good = Objects.requireNonNull(serializer.serialize("any", sample));
                for (long length : new long[] {Integer.MAX_VALUE - 8L, 1L << 30, 1L << 40, -1, Long.MIN_VALUE}) {
                    for (int at = 5; at < Math.min(good.length, 400); at++) {
                        ByteArrayOutputStream changed = new ByteArrayOutputStream();
                        changed.write(good, 0, at);
                        zigZag(changed, length);
                        changed.write(good, at, good.length - at);
                        read(
                                reader,
                                "any",
                                changed.toByteArray(),
                                sample.getSchema().getName() + " at " + at);
                    }
                }
            }
        }
    }

    private static void zigZag(ByteArrayOutputStream out, long value) {
        long n = (value << 1) ^ (value >> 63);
        while ((n & ~0x7FL) != 0) {
            out.write((int) ((n & 0x7F) | 0x80));
            n >>>= 7;
        }
        out.write((int) n);
    }

    private static void read(
            ConfluentAvroDeserializer<SpecificRecord> reader, String topic, byte[] bytes, String what) {
        try {
            var unused = reader.deserialize(topic, bytes);
        } catch (SerializationException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            fail(what, e);
        }
    }

    @Test
    void bytesOfAnyKind() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        try (var reader = new ConfluentAvroDeserializer<SpecificRecord>()) {
            reader.configure(Map.of("schema.registry.url", registry.url()), false);
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
                read(reader, Topics.FILE_EVENTS, bytes, "seed " + seed + ", record " + i);
            }
        }
    }
}
