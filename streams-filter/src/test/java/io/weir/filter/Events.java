package io.weir.filter;

import io.weir.schemas.Actor;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.Gap;
import io.weir.schemas.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/** Events for tests: plain ones, and generated ones that use every branch of the schema. */
final class Events {
    static final int SCHEMA_ID = 7;

    private static final List<String> TYPES =
            List.of("created", "written", "moved", "moved-in", "deleted", "attributes-changed", "gap", "owner-changed");
    private static final List<String> NAMES = List.of("a.zip", "Übung.txt", "報告.pdf", "", "x".repeat(200), "🗂.tar.gz");

    private Events() {}

    static FileEvent event(String type, String path, long sequence) {
        return FileEvent.newBuilder()
                .setType(type)
                .setVolume("inbox")
                .setPath(path)
                .setAgent("agent-1")
                .setEpoch(1)
                .setSequence(sequence)
                .setObservedAt(Instant.EPOCH.plusSeconds(sequence))
                .setHost("host-1")
                .build();
    }

    static FileEvent generated(Random random) {
        return FileEvent.newBuilder()
                .setType(one(random, TYPES))
                .setVolume("volume-" + random.nextInt(5))
                .setPath("/" + random.nextInt(100) + "/" + one(random, NAMES))
                .setPreviousPath(maybe(random, () -> "/old/" + one(random, NAMES)))
                .setHalf(maybe(random, () -> "source"))
                .setAgent("agent-" + random.nextInt(3))
                .setEpoch(number(random))
                .setSequence(number(random))
                .setObservedAt(time(random))
                .setOrigin(random.nextBoolean() ? "live" : "reconstructed")
                .setHost("host-" + random.nextInt(3))
                .setRawPath(maybe(random, () -> bytes(random)))
                .setRawPreviousPath(maybe(random, () -> bytes(random)))
                .setState(maybe(random, () -> state(random)))
                .setActor(maybe(random, () -> actor(random)))
                .setGap(maybe(random, () -> gap(random)))
                .build();
    }

    static FileState state(long size) {
        return new FileState("1:2", "file", size, 0644, "ann", "staff", 1000L, 1000L, 1L, 1L, 1L, null);
    }

    private static FileState state(Random random) {
        return new FileState(
                Long.toHexString(random.nextLong()),
                "file",
                number(random),
                random.nextInt(),
                one(random, NAMES),
                "staff",
                maybe(random, () -> number(random)),
                maybe(random, () -> number(random)),
                maybe(random, () -> number(random)),
                number(random),
                number(random),
                maybe(random, () -> number(random)));
    }

    private static Actor actor(Random random) {
        return new Actor(
                maybe(random, () -> "root"),
                maybe(random, () -> number(random)),
                maybe(random, () -> number(random)),
                maybe(random, () -> "/bin/cp"),
                "fanotify",
                "certain");
    }

    private static Gap gap(Random random) {
        return new Gap("overflow", "try again", time(random), maybe(random, () -> time(random)));
    }

    private static Instant time(Random random) {
        return Instant.EPOCH.plus(random.nextLong(1L << 51), ChronoUnit.MICROS);
    }

    /** Of any length as a varint. */
    private static long number(Random random) {
        return random.nextLong() >> random.nextInt(64);
    }

    private static ByteBuffer bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static <T> @Nullable T maybe(Random random, Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    /** In the wire format, under {@link #SCHEMA_ID}. */
    static byte[] encode(FileEvent event) {
        return encode(event, SCHEMA_ID);
    }

    static byte[] encode(FileEvent event, int schemaId) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            out.write(WireFormat.header(schemaId));
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<>(FileEvent.class).write(event, encoder);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an agent with another version of the schema writes it. */
    static byte[] encodeAs(FileEvent event, Schema writer, int schemaId) {
        byte[] own = encode(event);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(FileEvent.getClassSchema(), writer)
                    .read(null, DecoderFactory.get().binaryDecoder(own, 5, own.length - 5, null));
            out.write(WireFormat.header(schemaId));
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(writer).write(record, encoder);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
