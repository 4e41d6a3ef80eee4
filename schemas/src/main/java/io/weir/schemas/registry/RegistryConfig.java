package io.weir.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a registry client, by Confluent's names. Unprefixed names may also carry the prefix
 * {@code schema.registry.}, as Confluent's may.
 *
 * @param urls where the registry is, without credentials; paths keep their end
 * @param authorization how requests authenticate
 * @param connectTimeout {@code http.connect.timeout.ms}, default 5 s (Confluent: 60 s, too long to go on to the next URL)
 * @param readTimeout {@code http.read.timeout.ms}, default 30 s
 * @param rounds how often all URLs are tried: 1 + {@code max.retries} (default 3)
 * @param firstWait {@code retries.wait.ms}, the wait after the first round, default 500 ms; doubles
 * @param longestWait {@code retries.max.wait.ms}, default 20 s
 * @param schemasPerSubject {@code max.schemas.per.subject}, default 1000
 */
record RegistryConfig(
        List<HttpUrl> urls,
        RegistryAuthorization authorization,
        Optional<RegistryTls> tls,
        Duration connectTimeout,
        Duration readTimeout,
        int rounds,
        Duration firstWait,
        Duration longestWait,
        int schemasPerSubject) {

    static final String URL = "schema.registry.url";

    static RegistryConfig of(Map<String, ?> properties) {
        List<HttpUrl> given = urls(text(properties, URL));
        return new RegistryConfig(
                given.stream()
                        .map(u -> u.newBuilder().username("").password("").build())
                        .toList(),
                RegistryAuthorization.of(properties, given),
                RegistryTls.of(properties),
                millis(properties, "http.connect.timeout.ms", 5_000),
                millis(properties, "http.read.timeout.ms", 30_000),
                1 + number(properties, "max.retries", 3, 0),
                millis(properties, "retries.wait.ms", 500),
                millis(properties, "retries.max.wait.ms", 20_000),
                number(properties, "max.schemas.per.subject", 1000, 1));
    }

    private static List<HttpUrl> urls(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new ConfigException(URL + "='': no schema registry is named; expected http://host:port or https://…,"
                    + " several separated by commas");
        }
        List<HttpUrl> urls = new ArrayList<>();
        for (String one : Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList()) {
            HttpUrl url = HttpUrl.parse(one);
            if (url == null) {
                throw new ConfigException(URL + "='" + one.replaceAll("//[^/@]*@", "//***@")
                        + "': not an HTTP address; expected http://host:port or https://host:port");
            }
            urls.add(url);
        }
        return List.copyOf(urls);
    }

    /** The property's text, asked for by its plain name and with the prefix {@code schema.registry.}; null if unset. */
    static @Nullable String text(Map<String, ?> properties, String name) {
        Object value = properties.get(name);
        if (value == null) {
            value = properties.get("schema.registry." + name);
        }
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(String::valueOf).toList());
        }
        if (value instanceof URI
                || value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean) {
            return value.toString();
        }
        return value == null ? null : secret(value);
    }

    private static String secret(Object value) {
        // Kafka hands passwords over in its own type, which prints as [hidden].
        return value instanceof org.apache.kafka.common.config.types.Password password
                ? password.value()
                : value.toString();
    }

    static String text(Map<String, ?> properties, String name, String otherwise) {
        String text = text(properties, name);
        return text == null || text.isBlank() ? otherwise : text.strip();
    }

    private static Duration millis(Map<String, ?> properties, String name, int otherwise) {
        return Duration.ofMillis(number(properties, name, otherwise, 0));
    }

    private static int number(Map<String, ?> properties, String name, int otherwise, int least) {
        String text = text(properties, name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for both.
        }
        throw new ConfigException(name + "='" + text + "': expected a whole number of " + least + " or more");
    }
}
