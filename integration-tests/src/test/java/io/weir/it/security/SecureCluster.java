package io.weir.it.security;

import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.it.registry.CheckingProxy;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import okhttp3.Credentials;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A broker with TLS, SCRAM, mutual TLS, OAUTHBEARER and an authorizer, and a registry behind TLS and a login. All
 * certificates are made here. Through {@link #open()} comes a super user without login, who stands for the administrators.
 */
final class SecureCluster implements AutoCloseable {
    static final String SCRAM = "SCRAM";
    static final String MUTUAL = "MUTUAL";
    static final String OAUTH = "OAUTH";
    static final String REGISTRY_PASSWORD = "registry-s3cret";

    final HeldCertificate authority =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private final HeldCertificate server = new HeldCertificate.Builder()
            .commonName("broker")
            .addSubjectAlternativeName("127.0.0.1")
            .signedBy(authority)
            .build();
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final CheckingProxy registryDoor;

    private SecureCluster(Path directory) throws IOException {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0, settings());
        registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0);
        var tls = new HandshakeCertificates.Builder()
                .heldCertificate(server, authority.certificate())
                .build();
        registryDoor =
                new CheckingProxy(registry.url(), Credentials.basic("weir", REGISTRY_PASSWORD), tls.sslContext());
    }

    static SecureCluster start(Path directory) {
        try {
            return new SecureCluster(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings() {
        String modules = "org.apache.kafka.common.security.";
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "listeners",
                List.of("PLAINTEXT", "CONTROLLER", SCRAM, MUTUAL, OAUTH).stream()
                        .map(name -> name + "://127.0.0.1:0")
                        .collect(Collectors.joining(",")));
        settings.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SCRAM:SASL_SSL,MUTUAL:SSL,OAUTH:SASL_SSL");
        settings.put("listener.name.scram.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.scram.scram-sha-512.sasl.jaas.config", modules + "scram.ScramLoginModule required;");
        settings.put("listener.name.oauth.sasl.enabled.mechanisms", "OAUTHBEARER");
        settings.put(
                "listener.name.oauth.oauthbearer.sasl.jaas.config",
                modules + "oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"broker\";");
        settings.put("listener.name.mutual.ssl.client.auth", "required");
        settings.put("ssl.principal.mapping.rules", "RULE:^.*CN=([^,]+).*$/$1/,DEFAULT");
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.certificate.chain", server.certificatePem() + authority.certificatePem());
        settings.put("ssl.keystore.key", server.privateKeyPkcs8Pem());
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.certificates", authority.certificatePem());
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        return settings;
    }

    /** As the super user, past TLS and logins. */
    KafkaConnection open() {
        return KafkaConnection.of(broker.bootstrapServers(), registry.url());
    }

    String servers(String listener) {
        return "127.0.0.1:" + broker.port(listener);
    }

    String plainServers() {
        return broker.bootstrapServers();
    }

    String registryUrl() {
        return "https://127.0.0.1:" + registryDoor.port();
    }

    /** Lets a user log in by SCRAM, with {@link #password}. */
    void addUsers(String... users) {
        administrate(admin -> admin.alterUserScramCredentials(List.of(users).stream()
                        .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                                user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password(user)))
                        .toList())
                .all()
                .get());
    }

    static String password(String user) {
        return user + "-s3cret";
    }

    void give(Collection<AclBinding> acls) {
        administrate(admin -> admin.createAcls(acls).all().get());
    }

    interface Administration {
        void with(Admin admin) throws ExecutionException, InterruptedException;
    }

    void administrate(Administration administration) {
        try (Admin admin = Admin.create(open().adminConfig("it-admin"))) {
            administration.with(admin);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** As a user with its password. */
    KafkaConnection as(String user) {
        return new KafkaConnection(
                servers(SCRAM),
                Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "SCRAM-SHA-512",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user
                                + "\" password=\"" + password(user) + "\";",
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.certificates",
                        authority.certificatePem()),
                Map.of("schema.registry.url", registry.url()));
    }

    /** How often a login or a handshake has failed on a listener so far. */
    long failedLogins(String listener) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            long failed = 0;
            for (ObjectName name : beans.queryNames(
                    new ObjectName(
                            "kafka.server:type=socket-server-metrics,listener=" + listener + ",networkProcessor=*"),
                    null)) {
                failed += ((Number) beans.getAttribute(name, "failed-authentication-total")).longValue();
            }
            return failed;
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    /** Files by which a user reaches all of this: {@code NAME.properties}, and its password in a file of its own. */
    Path connectionFile(Path directory, String user) throws IOException {
        Path file = directory.resolve(user + ".properties");
        if (Files.exists(file)) {
            return file; // Others may be reading it.
        }
        Files.writeString(directory.resolve("ca.pem"), authority.certificatePem());
        Path passwords = Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(passwords.resolve(user), password(user) + "\n");
        Files.writeString(passwords.resolve("registry"), "weir:" + REGISTRY_PASSWORD + "\n");
        return Files.writeString(
                file,
                """
                kafka.bootstrap.servers=%s
                kafka.security.protocol=SASL_SSL
                kafka.sasl.mechanism=SCRAM-SHA-512
                kafka.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
                  username="%s" password="${directory:%s:%s}";
                kafka.ssl.truststore.type=PEM
                kafka.ssl.truststore.location=%s
                registry.schema.registry.url=%s
                registry.basic.auth.credentials.source=USER_INFO
                registry.basic.auth.user.info=${directory:%s:registry}
                registry.schema.registry.ssl.truststore.type=PEM
                registry.schema.registry.ssl.truststore.location=%s
                """
                        .formatted(
                                servers(SCRAM),
                                user,
                                passwords,
                                user,
                                directory.resolve("ca.pem"),
                                registryUrl(),
                                passwords,
                                directory.resolve("ca.pem")));
    }

    @Override
    public void close() {
        registryDoor.close();
        registry.close();
        broker.close();
    }
}
