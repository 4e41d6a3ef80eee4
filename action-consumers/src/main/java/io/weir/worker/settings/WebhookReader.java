package io.weir.worker.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Where webhooks may go. */
final class WebhookReader {
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");
    /** The worker's own. */
    private static final Set<String> RESERVED = Set.of(
            "content-type",
            "content-length",
            "transfer-encoding",
            "host",
            "idempotency-key",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");

    private @Nullable HttpUrl url;
    private @Nullable Secret secret;
    private @Nullable Path certificates;
    private Map<String, String> headers = Map.of();
    private Duration timeout = WebhookEndpoint.DEFAULT_TIMEOUT;

    private WebhookReader() {}

    static Map<String, WebhookEndpoint> endpoints(SettingsNode node) {
        Map<String, WebhookEndpoint> endpoints = new LinkedHashMap<>();
        node.named("webhook", WebhookEndpoint.NAME, "letters, digits, '.', '_' and '-'", (name, value) -> {
            WebhookReader reader = new WebhookReader();
            int before = node.faultCount();
            reader.read(name, value);
            if (reader.url == null && node.faultCount() == before) {
                value.fault("webhook '" + name + "': expected a 'url'");
            } else if (reader.url != null) {
                endpoints.put(name, reader.endpoint(name, reader.url));
            }
        });
        return endpoints;
    }

    private WebhookEndpoint endpoint(String name, HttpUrl to) {
        return new WebhookEndpoint(
                name, to, Optional.ofNullable(secret), headers, timeout, Optional.ofNullable(certificates));
    }

    private void read(String name, SettingsNode node) {
        List<String> keys = List.of("url", "secret-file", "headers", "timeout", "ca-file");
        node.entries("webhook '" + name + "'", keys, (key, value) -> {
            switch (key) {
                case "url" -> url = url(value);
                case "secret-file" -> secret = value.secret(key);
                case "headers" -> headers = headers(value);
                case "timeout" -> timeout = value.duration(key);
                default -> certificates = value.readableFile(key);
            }
        });
    }

    private static @Nullable HttpUrl url(SettingsNode node) {
        String text = node.text("url");
        try {
            return WebhookEndpoint.url(text);
        } catch (IllegalArgumentException e) {
            node.fault("url: " + e.getMessage());
            return null;
        }
    }

    private static Map<String, String> headers(SettingsNode node) {
        Map<String, String> headers = new LinkedHashMap<>();
        node.named("header", HEADER_NAME, "a header's name", (name, value) -> {
            String text = value.text("header '" + name + "'");
            if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                value.fault("header '" + name + "': set by the worker itself");
            } else if (!HEADER_VALUE.matcher(text).matches()) {
                value.fault("header '" + name + "': expected printable ASCII in one line");
            }
            headers.put(name, text);
        });
        return headers;
    }

    static List<String> hosts(SettingsNode node) {
        List<String> hosts = new ArrayList<>();
        for (String text : node.texts("webhook-hosts")) {
            String host = text.toLowerCase(Locale.ROOT);
            if (!WebhookPolicy.HOST.matcher(host).matches()) {
                node.fault("webhook-hosts: '" + text
                        + "': expected a host such as hooks.example.com, *.example.com or example.com:8443");
            }
            hosts.add(host);
        }
        return List.copyOf(hosts);
    }

    static List<Network> networks(SettingsNode node) {
        List<Network> networks = new ArrayList<>();
        for (String text : node.texts("webhook-networks")) {
            try {
                networks.add(Network.parse(text));
            } catch (IllegalArgumentException e) {
                node.fault("webhook-networks: " + e.getMessage());
            }
        }
        return List.copyOf(networks);
    }
}
