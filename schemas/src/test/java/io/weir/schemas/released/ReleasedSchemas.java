package io.weir.schemas.released;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.serde.NeutralSchema;
import io.weir.schemas.serde.WeirRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Reads what has been released, and writes a new release. */
final class ReleasedSchemas {
    static final List<Integer> RELEASES = List.of(1);
    private static final int LINE = 96;

    private ReleasedSchemas() {}

    /** The schemas of a type, by its simple name, in all releases. */
    static List<Schema> of(String type) throws IOException {
        List<Schema> schemas = new ArrayList<>();
        for (int release : RELEASES) {
            schemas.add(new Schema.Parser().parse(text(release, type, "avsc")));
        }
        return schemas;
    }

    /** The released record of a type, read with today's class. */
    static Object read(int release, Class<?> type) throws IOException {
        WeirRecords.trust();
        byte[] bytes = HexFormat.of()
                .parseHex(text(release, type.getSimpleName(), "hex").replaceAll("\\s", ""));
        Schema writer = new Schema.Parser().parse(text(release, type.getSimpleName(), "avsc"));
        return new SpecificDatumReader<>(writer, SpecificData.get().getSchema(type), SpecificData.getForClass(type))
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    static byte[] write(SpecificRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForClass(record.getClass()))
                .write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static String text(int release, String type, String extension) throws IOException {
        String name = "/released/" + release + "/" + type + "." + extension;
        try (InputStream in = Objects.requireNonNull(ReleasedSchemas.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Writes today's schemas and samples as a release into a directory that does not exist yet. */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectory(Path.of(args[0]));
        for (SpecificRecord record : Samples.all()) {
            String name = record.getClass().getSimpleName();
            Files.writeString(
                    directory.resolve(name + ".avsc"),
                    SchemaFormatter.format("json/pretty", NeutralSchema.of(record.getSchema())) + "\n");
            String hex = HexFormat.of().formatHex(write(record));
            Files.writeString(directory.resolve(name + ".hex"), hex.replaceAll("(.{" + LINE + "})", "$1\n") + "\n");
        }
    }
}
