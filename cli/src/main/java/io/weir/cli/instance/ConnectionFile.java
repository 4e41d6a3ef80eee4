package io.weir.cli.instance;

import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * A properties file that says how to reach Kafka and the registry: {@code kafka.NAME} are the properties of Kafka's clients,
 * {@code registry.NAME} those of the registry's client, placeholders unfilled.
 *
 * @param kafka the former, without the prefix and without the brokers
 * @param registry the latter, without the prefix and without the address
 */
record ConnectionFile(
        Optional<String> bootstrapServers,
        Optional<String> schemaRegistry,
        Map<String, String> kafka,
        Map<String, String> registry) {
    static final ConnectionFile NONE = new ConnectionFile(Optional.empty(), Optional.empty(), Map.of(), Map.of());

    private static final String KAFKA = "kafka.";
    private static final String REGISTRY = "registry.";

    /**
     * Reads the file.
     *
     * @param shown as the user knows it
     * @throws CommandException if it cannot be read, or has other keys
     */
    static ConnectionFile read(Path file, Path shown) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException(
                    "connection file='" + shown + "': cannot be read: " + Failures.describe(e)
                            + "; expected a properties file that this user may read",
                    e);
        }
        Map<String, String> kafka = new LinkedHashMap<>();
        Map<String, String> registry = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            String value = properties.getProperty(name);
            if (name.startsWith(KAFKA)) {
                kafka.put(name.substring(KAFKA.length()), value);
            } else if (name.startsWith(REGISTRY)) {
                registry.put(name.substring(REGISTRY.length()), value);
            } else {
                others.add(name);
            }
        }
        if (!others.isEmpty()) {
            throw new CommandException("connection file='" + shown + "': " + others
                    + ": expected kafka.NAME with a property of Kafka's clients, such as kafka.bootstrap.servers, or"
                    + " registry.NAME with one of the registry's client, such as registry.schema.registry.url");
        }
        return new ConnectionFile(
                Optional.ofNullable(kafka.remove("bootstrap.servers")),
                Optional.ofNullable(registry.remove("schema.registry.url")),
                kafka,
                registry);
    }

    /** Only names, since there may be passwords among the values. */
    @Override
    public String toString() {
        return "ConnectionFile[kafka=" + kafka.keySet() + ", registry=" + registry.keySet() + "]";
    }
}
