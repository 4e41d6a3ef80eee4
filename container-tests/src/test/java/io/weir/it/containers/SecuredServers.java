package io.weir.it.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import okhttp3.tls.HeldCertificate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * The broker of {@code docker-compose.yml} with one more listener, for TLS and SCRAM, and the registry with TLS besides, each
 * with a certificate of the same authority.
 */
final class SecuredServers {
    /** As others in its network reach it. */
    static final String BROKER = "broker:9094";

    static final String REGISTRY = "https://registry:8443/apis/ccompat/v7";
    private static final int ITERATIONS = 4_096;

    private static final String OVERRIDE =
            """
            version: "3.8"
            services:
              broker:
                environment:
                  KAFKA_LISTENERS: INTERNAL://:19092,HOST://:9092,CONTROLLER://:9093,SECURE://:9094
                  KAFKA_ADVERTISED_LISTENERS: INTERNAL://broker:19092,HOST://127.0.0.1:%1$s,SECURE://broker:9094
                  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: INTERNAL:PLAINTEXT,HOST:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL
                  KAFKA_LISTENER_NAME_SECURE_SASL_ENABLED_MECHANISMS: SCRAM-SHA-512
                  KAFKA_LISTENER_NAME_SECURE_SCRAM___SHA___512_SASL_JAAS_CONFIG: org.apache.kafka.common.security.scram.ScramLoginModule required;
                  KAFKA_LISTENER_NAME_SECURE_SSL_KEYSTORE_TYPE: PEM
                  KAFKA_LISTENER_NAME_SECURE_SSL_KEYSTORE_LOCATION: /etc/tls/broker.pem
                volumes: ["%2$s:/etc/tls:ro"]
              registry:
                environment:
                  QUARKUS_HTTP_SSL_CERTIFICATE_FILES: /etc/tls/registry.pem
                  QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES: /etc/tls/registry.key
                volumes: ["%2$s:/etc/tls:ro"]
            """;

    private final Path directory;
    private final HeldCertificate authority = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("Weir's tests")
            .build();

    /** @param directory for keys, certificates and what is added to the compose file */
    SecuredServers(Path directory) throws IOException {
        this.directory = directory;
        // The servers' users are not ours.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        HeldCertificate broker = certificate("broker");
        Files.writeString(directory.resolve("broker.pem"), broker.privateKeyPkcs8Pem() + broker.certificatePem());
        HeldCertificate registry = certificate("registry");
        Files.writeString(directory.resolve("registry.pem"), registry.certificatePem());
        Files.writeString(directory.resolve("registry.key"), registry.privateKeyPkcs8Pem());
    }

    private HeldCertificate certificate(String host) {
        return new HeldCertificate.Builder()
                .signedBy(authority)
                .commonName(host)
                .addSubjectAlternativeName(host)
                .build();
    }

    /** The authority's certificate, as PEM. */
    String authority() {
        return authority.certificatePem();
    }

    /** What is added to the compose file. */
    Path override(String kafkaPort) throws IOException {
        return Files.writeString(directory.resolve("secured.yml"), OVERRIDE.formatted(kafkaPort, directory));
    }

    /** Who may log in from now on: names and passwords. */
    static void addUsers(String bootstrapServers, Map<String, String> passwords) {
        List<UserScramCredentialAlteration> users = passwords.entrySet().stream()
                .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                        user.getKey(),
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                        user.getValue()))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.alterUserScramCredentials(users).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
