package io.weir.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** YAML of the tests' data: every scalar is a {@code String}. */
public final class Yaml {
    private Yaml() {}

    public static Object load(String text) {
        return new Load(LoadSettings.builder().setSchema(new FailsafeSchema()).build()).loadFromString(text);
    }

    public static Object load(Path file) {
        return load(read(file));
    }

    /** The value of a key that must be there. */
    public static Object get(Object mapping, String key) {
        return Objects.requireNonNull(((Map<?, ?>) mapping).get(key), () -> "missing '" + key + "' in " + mapping);
    }

    public static String dump(Object tree) {
        return new Dump(DumpSettings.builder().build()).dumpToString(tree);
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
