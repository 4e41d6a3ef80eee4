package io.weir.worker.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Where a webhook may be sent, from the worker's own settings.
 *
 * @param name what rules name it by
 * @param url part of it may be a secret, so it is not for messages
 * @param secret to sign with
 * @param headers sent with each request
 * @param timeout of one request, from the first look-up to the last byte of the answer
 * @param certificates PEM file of the authorities that its certificate must come from; empty: those of the JVM
 */
public record WebhookEndpoint(
        String name,
        HttpUrl url,
        Optional<Secret> secret,
        Map<String, String> headers,
        Duration timeout,
        Optional<Path> certificates) {
    /** The form of names. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** How long one request may take unless the settings say otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public WebhookEndpoint {
        headers = Map.copyOf(headers);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "webhook '" + name + "' at " + shown(url);
    }

    /** An address that a rule gives itself. */
    public static WebhookEndpoint of(HttpUrl url) {
        return new WebhookEndpoint(shown(url), url, Optional.empty(), Map.of(), DEFAULT_TIMEOUT, Optional.empty());
    }

    /**
     * Reads an address. What is compared with the policy and what is connected to come from the same reading.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static HttpUrl url(String text) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            throw new IllegalArgumentException("expected an address such as https://hooks.example.com/in");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty() || url.fragment() != null) {
            throw new IllegalArgumentException("expected neither a user nor a fragment in it");
        }
        return url;
    }

    /** An address for people, without what may be secret in it. */
    public static String shown(HttpUrl url) {
        return url.newBuilder().encodedPath("/").query(null).build().toString();
    }
}
