package io.weir.schemas.connect;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Fills what stands for a secret in the values of properties, by Kafka's own configuration providers: {@code
 * ${file:PATH:KEY}} is a key of a properties file, {@code ${directory:PATH:FILE}} the text of a file without the line's end,
 * {@code ${env:NAME}} an environment variable. For one thread.
 *
 * <p>Done once, before any client is made, since the schema registry's client and the serdes are to see the same values as
 * Kafka's clients. No message of it has a value.
 */
public final class Placeholders implements Closeable {
    private static final Pattern OPEN = Pattern.compile("\\$\\{(file|directory|env):[^}]*}");

    private final Map<String, ConfigProvider> providers;
    private final ConfigTransformer transformer;

    /** @param environment what {@code env} reads */
    public Placeholders(Map<String, String> environment) {
        FileConfigProvider files = new FileConfigProvider();
        Lines lines = new Lines();
        EnvVarConfigProvider variables = new EnvVarConfigProvider(environment);
        providers = Map.of("file", files, "directory", lines, "env", variables);
        providers.values().forEach(provider -> provider.configure(Map.of()));
        transformer = new ConfigTransformer(providers);
    }

    /** Whether a value takes something from elsewhere. */
    public static boolean isIn(String value) {
        return OPEN.matcher(value).find();
    }

    /**
     * The properties with all placeholders filled.
     *
     * @throws ConfigException naming the property and the placeholder that could not be filled
     */
    public Map<String, String> fill(Map<String, String> properties) {
        Map<String, String> filled = new HashMap<>();
        properties.forEach((name, value) -> filled.put(name, fill(name, value)));
        return filled;
    }

    private String fill(String name, String value) {
        Matcher open = OPEN.matcher(value);
        while (open.find()) {
            requireFilled(name, open.group());
        }
        return one(value);
    }

    private void requireFilled(String name, String placeholder) {
        String text;
        try {
            text = one(placeholder);
        } catch (ConfigException e) {
            throw new ConfigException(name + ": " + placeholder + " cannot be filled: " + e.getMessage()
                    + "; expected a file that this user may read");
        }
        if (text.equals(placeholder)) {
            throw new ConfigException(name + ": " + placeholder + " cannot be filled: there is no such "
                    + (placeholder.startsWith("${env:") ? "environment variable" : "key or file")
                    + "; expected ${file:PATH:KEY}, ${directory:PATH:FILE} or ${env:NAME}");
        }
    }

    private String one(String value) {
        return transformer.transform(Map.of("value", value)).data().getOrDefault("value", value);
    }

    @Override
    public void close() {
        for (ConfigProvider provider : providers.values()) {
            try {
                provider.close();
            } catch (IOException e) {
                throw new IllegalStateException("a provider of configuration values does not close", e);
            }
        }
    }

    /** Files of one secret mostly end with the end of a line, which is no part of it. */
    private static final class Lines implements ConfigProvider {
        private final DirectoryConfigProvider files = new DirectoryConfigProvider();

        @Override
        public ConfigData get(String path) {
            return stripped(files.get(path));
        }

        @Override
        public ConfigData get(String path, Set<String> keys) {
            return stripped(files.get(path, keys));
        }

        private static ConfigData stripped(ConfigData data) {
            Map<String, String> values = new HashMap<>();
            data.data().forEach((file, text) -> values.put(file, text.replaceAll("\\R\\z", "")));
            return new ConfigData(values);
        }

        @Override
        public void configure(Map<String, ?> settings) {
            files.configure(settings);
        }

        @Override
        public void close() throws IOException {
            files.close();
        }
    }
}
