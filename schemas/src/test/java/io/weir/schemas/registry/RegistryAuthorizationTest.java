package io.weir.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryAuthorizationTest {
    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"alice\" password=\"se:cret\";";

    @AutoClose
    private final FakeRegistry registry = new FakeRegistry();

    @Test
    void userAndPasswordComeFromTheUrlByDefault() {
        String url = "http://alice:se%3Acret@127.0.0.1:" + registry.port();

        assertThat(sent(Map.of("schema.registry.url", url)).getFirst("Authorization"))
                .isEqualTo(basic());
        assertThat(sent(Map.of()).getFirst("Authorization")).isNull();
    }

    @Test
    void userInfoIsTakenPlainOrPrefixed() {
        Map<String, ?> config =
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "alice:se:cret");
        assertThat(sent(config).getFirst("Authorization")).isEqualTo(basic());
        config = Map.of(
                "schema.registry.basic.auth.credentials.source",
                "user_info",
                "schema.registry.basic.auth.user.info",
                new Password("alice:se:cret"));
        assertThat(sent(config).getFirst("Authorization")).isEqualTo(basic());
    }

    @Test
    void saslCredentialsAreInherited() {
        for (Object jaas : new Object[] {JAAS, new Password(JAAS)}) {
            Map<String, ?> config = Map.of("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", jaas);
            assertThat(sent(config).getFirst("Authorization")).isEqualTo(basic());
        }
    }

    @Test
    void aStaticTokenIsSentWithItsCompanions() {
        Headers headers = sent(Map.of(
                "bearer.auth.credentials.source", "STATIC_TOKEN",
                "bearer.auth.token", "t0ken",
                "bearer.auth.logical.cluster", "lsrc-1",
                "bearer.auth.identity.pool.id", "pool-1"));

        assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer t0ken");
        assertThat(headers.getFirst("target-sr-cluster")).isEqualTo("lsrc-1");
        assertThat(headers.getFirst("Confluent-Identity-Pool-Id")).isEqualTo("pool-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "basic.auth.credentials.source=USER_INFO | basic.auth.user.info is not set",
                "basic.auth.credentials.source=USER_INFO;basic.auth.user.info=alice | is without a colon",
                "basic.auth.credentials.source=SASL_INHERIT | sasl.jaas.config is not set",
                "basic.auth.credentials.source=KERBEROS | expected URL, USER_INFO or SASL_INHERIT",
                "bearer.auth.credentials.source=STATIC_TOKEN | bearer.auth.token is not set",
                "bearer.auth.credentials.source=OAUTHBEARER | only STATIC_TOKEN is built in",
                "bearer.auth.credentials.source=STATIC_TOKEN;basic.auth.credentials.source=URL | expected one of the two",
                "schema.registry.url=localhost:8081 | not an HTTP address; expected http://host:port",
                "schema.registry.url=http://a:s3cret@:x | schema.registry.url='http://***@:x'",
                "schema.registry.url= | no schema registry is named",
                "max.retries=many | max.retries='many': expected a whole number of 0 or more",
                "max.schemas.per.subject=0 | expected a whole number of 1 or more",
                "schema.registry.ssl.truststore.location=/nowhere | truststore.location='/nowhere': cannot be read",
            })
    void mistakesAreTold(String properties, String message) {
        Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", registry.url()));
        for (String property : properties.strip().split(";", -1)) {
            int equals = property.indexOf('=');
            config.put(property.substring(0, equals), property.substring(equals + 1));
        }

        assertThatThrownBy(() -> new SchemaRegistryClient(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void nothingPrintsASecret() {
        RegistryConfig config = RegistryConfig.of(Map.of(
                "schema.registry.url", "http://alice:s3cret@127.0.0.1:1",
                "http.connect.timeout.ms", "7"));

        assertThat(config.toString()).doesNotContain("s3cret").doesNotContain("alice");
        assertThat(config.connectTimeout()).hasMillis(7);
    }

    private Headers sent(Map<String, ?> extra) {
        Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", registry.url()));
        config.putAll(extra);
        registry.answerNext(200, "[]");
        try (SchemaRegistryClient client = new SchemaRegistryClient(config)) {
            assertThat(client.subjects()).isEmpty();
        }
        return registry.requests().get(registry.requests().size() - 1).headers();
    }

    private static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString("alice:se:cret".getBytes(UTF_8));
    }
}
