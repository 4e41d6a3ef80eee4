package io.weir.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.JaasContext;
import org.jspecify.annotations.Nullable;

/**
 * How requests authenticate: {@code basic.auth.credentials.source} URL (the default), USER_INFO or SASL_INHERIT, or
 * {@code bearer.auth.credentials.source} STATIC_TOKEN. Never prints a secret.
 */
final class RegistryAuthorization {
    private static final String BASIC_SOURCE = "basic.auth.credentials.source";
    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";

    /** Headers for every address; where the source is URL, headers by address. */
    private final Map<String, String> headers;

    private final Map<HttpUrl, String> byUrl;

    private RegistryAuthorization(Map<String, String> headers, Map<HttpUrl, String> byUrl) {
        this.headers = Map.copyOf(headers);
        this.byUrl = Map.copyOf(byUrl);
    }

    static RegistryAuthorization of(Map<String, ?> properties, List<HttpUrl> urls) {
        String bearer = RegistryConfig.text(properties, BEARER_SOURCE);
        String basic = RegistryConfig.text(properties, BASIC_SOURCE);
        if (bearer != null && !bearer.isBlank()) {
            if (basic != null && !basic.isBlank()) {
                throw new ConfigException(BEARER_SOURCE + "='" + bearer + "' and " + BASIC_SOURCE + "='" + basic
                        + "': expected one of the two");
            }
            return new RegistryAuthorization(bearer(properties, bearer.strip()), Map.of());
        }
        String source = basic == null || basic.isBlank() ? "URL" : basic.strip();
        return switch (source.toUpperCase(Locale.ROOT)) {
            case "URL" -> new RegistryAuthorization(Map.of(), fromUrls(urls));
            case "USER_INFO" -> new RegistryAuthorization(userInfo(properties), Map.of());
            case "SASL_INHERIT" -> new RegistryAuthorization(inherited(properties), Map.of());
            default ->
                throw new ConfigException(BASIC_SOURCE + "='" + source + "': expected URL, USER_INFO or SASL_INHERIT");
        };
    }

    /** Puts the headers on. */
    void apply(Request.Builder request, HttpUrl base) {
        headers.forEach(request::header);
        String basic = byUrl.get(base);
        if (basic != null) {
            request.header("Authorization", basic);
        }
    }

    private static Map<HttpUrl, String> fromUrls(List<HttpUrl> urls) {
        Map<HttpUrl, String> byUrl = new HashMap<>();
        for (HttpUrl url : urls) {
            if (!url.username().isEmpty()) {
                byUrl.put(
                        url.newBuilder().username("").password("").build(),
                        Credentials.basic(url.username(), url.password(), UTF_8));
            }
        }
        return byUrl;
    }

    private static Map<String, String> userInfo(Map<String, ?> properties) {
        String info = RegistryConfig.text(properties, "basic.auth.user.info");
        int colon = info == null ? -1 : info.indexOf(':');
        if (info == null || colon < 0) {
            throw new ConfigException("basic.auth.user.info is " + (info == null ? "not set" : "without a colon")
                    + ", but " + BASIC_SOURCE + "='USER_INFO' needs it; expected user:password");
        }
        return basic(info.substring(0, colon), info.substring(colon + 1));
    }

    private static Map<String, String> inherited(Map<String, ?> properties) {
        if (properties.get("sasl.jaas.config") == null) {
            throw new ConfigException("sasl.jaas.config is not set, but " + BASIC_SOURCE
                    + "='SASL_INHERIT' takes user and password from it; set it, or use USER_INFO");
        }
        for (AppConfigurationEntry entry :
                JaasContext.loadClientContext(jaas(properties)).configurationEntries()) {
            Object user = entry.getOptions().get("username");
            Object password = entry.getOptions().get("password");
            if (user != null && password != null) {
                return basic(user.toString(), password.toString());
            }
        }
        throw new ConfigException("sasl.jaas.config has no username and password, but " + BASIC_SOURCE
                + "='SASL_INHERIT' takes them from it; try USER_INFO");
    }

    private static Map<String, Object> jaas(Map<String, ?> properties) {
        Object config = properties.get("sasl.jaas.config");
        return Map.of(
                "sasl.jaas.config",
                config instanceof CharSequence text
                        ? new org.apache.kafka.common.config.types.Password(text.toString())
                        : config);
    }

    private static Map<String, String> basic(String user, String password) {
        return Map.of("Authorization", Credentials.basic(user, password, UTF_8));
    }

    private static Map<String, String> bearer(Map<String, ?> properties, String source) {
        if (!source.equalsIgnoreCase("STATIC_TOKEN")) {
            throw new ConfigException(BEARER_SOURCE + "='" + source
                    + "': only STATIC_TOKEN is built in; expected STATIC_TOKEN with bearer.auth.token");
        }
        String token = RegistryConfig.text(properties, "bearer.auth.token");
        if (token == null || token.isBlank()) {
            throw new ConfigException(
                    "bearer.auth.token is not set, but " + BEARER_SOURCE + "='STATIC_TOKEN' needs it");
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + token.strip());
        optional(headers, "target-sr-cluster", RegistryConfig.text(properties, "bearer.auth.logical.cluster"));
        optional(
                headers, "Confluent-Identity-Pool-Id", RegistryConfig.text(properties, "bearer.auth.identity.pool.id"));
        return headers;
    }

    private static void optional(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            headers.put(name, value.strip());
        }
    }

    @Override
    public String toString() {
        return "RegistryAuthorization[" + headers.keySet() + ", " + byUrl.size() + " by URL]";
    }
}
