package io.weir.cli.docs;

import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.serde.ConfluentAvroSerializer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The properties that the registry client and the serdes ask for, found by letting them ask. */
final class RegistryProperties {
    private static final String URL = "schema.registry.url";
    private static final String TLS = "schema.registry.ssl.";

    private RegistryProperties() {}

    /** What each is for. */
    static Map<String, String> documented() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(URL, "URLs of the registry, separated by commas; set by `--schema-registry`");
        all.put(
                "basic.auth.credentials.source",
                "`URL` (default: user and password in the URL), `USER_INFO`, `SASL_INHERIT`");
        all.put("basic.auth.user.info", "`user:password`, for `USER_INFO`");
        all.put("sasl.jaas.config", "Kafka's property, for `SASL_INHERIT`");
        all.put("bearer.auth.credentials.source", "`STATIC_TOKEN`");
        all.put("bearer.auth.token", "the token");
        all.put("bearer.auth.logical.cluster", "sent as `target-sr-cluster`");
        all.put("bearer.auth.identity.pool.id", "sent as `Confluent-Identity-Pool-Id`");
        all.put("http.connect.timeout.ms", "5000 by default");
        all.put("http.read.timeout.ms", "30000 by default");
        all.put("max.retries", "rounds over all URLs after the first; 3 by default");
        all.put("retries.wait.ms", "pause before the second round, doubling; 500 by default");
        all.put("retries.max.wait.ms", "longest pause; 20000 by default");
        all.put("max.schemas.per.subject", "schemas remembered of a subject; 1000 by default");
        all.put("auto.register.schemas", "`false` by default: `weir topics create` registers");
        all.put("use.latest.version", "write with the subject's latest schema; `false` by default");
        all.put(
                "latest.compatibility.strict",
                "refuse a latest schema that cannot read what is written; `true` by default");
        all.put("latest.cache.ttl.sec", "how long the latest is remembered; -1 (default) for ever");
        all.put("specific.avro.reader", "read into generated classes; `true` by default");
        all.put("specific.avro.value.type", "the class that values must have");
        all.put("avro.use.logical.type.converters", "convert logical types of generic records; `false` by default");
        all.put(
                "value.subject.name.strategy",
                "Confluent's class name or its last part; `TopicNameStrategy` by default");
        for (Map.Entry<String, String> tls : tls().entrySet()) {
            all.put(TLS + tls.getKey(), tls.getValue());
        }
        return all;
    }

    private static Map<String, String> tls() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("truststore.location", "file of the authorities to trust");
        all.put("truststore.type", "`JKS` (default), `PKCS12`, `PEM`");
        all.put("truststore.password", "its password");
        all.put("truststore.certificates", "the authorities themselves, PEM");
        all.put("keystore.location", "file of the client's certificate and key");
        all.put("keystore.type", "as above");
        all.put("keystore.password", "its password");
        all.put("keystore.certificate.chain", "the client's certificates themselves, PEM");
        all.put("keystore.key", "the client's key itself, PEM, PKCS #8");
        all.put("key.password", "the key's password, if it is another");
        all.put("endpoint.identification.algorithm", "empty: the certificate need not name the host");
        all.put("protocol", "`TLS` by default");
        return all;
    }

    /** The names that are asked for under one of these configurations. */
    static Set<String> asked(List<Map<String, String>> configurations) {
        Set<String> names = new TreeSet<>();
        for (Map<String, String> given : configurations) {
            Recording properties = new Recording(given, names);
            quietly(() -> new SchemaRegistryClient(properties).close());
            quietly(() -> {
                try (var serializer = new ConfluentAvroSerializer()) {
                    serializer.configure(properties, false);
                }
            });
            quietly(() -> {
                try (var deserializer = new ConfluentAvroDeserializer<Object>()) {
                    deserializer.configure(properties, false);
                }
            });
        }
        return names;
    }

    /** A store that cannot be read is no reason not to have been asked for. */
    private static void quietly(Runnable run) {
        try {
            run.run();
        } catch (RuntimeException e) {
            // What it asked for until then is recorded.
        }
    }

    /** Notes what is asked for. */
    private static final class Recording extends HashMap<String, String> {
        private static final long serialVersionUID = 1;
        private final transient Set<String> names;

        Recording(Map<String, String> given, Set<String> names) {
            super(given);
            this.names = names;
        }

        @Override
        public @Nullable String get(Object name) {
            String text = (String) name;
            // Each may carry the prefix, as Confluent's may.
            String plain = text.startsWith("schema.registry.") && !text.equals(URL) && !text.startsWith(TLS)
                    ? text.substring("schema.registry.".length())
                    : text;
            names.add(plain);
            return super.get(name);
        }
    }
}
