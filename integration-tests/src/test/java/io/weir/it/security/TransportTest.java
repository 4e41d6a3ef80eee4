package io.weir.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.cli.instance.Reachability;
import io.weir.it.Weir;
import io.weir.schemas.acl.Role;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.tls.HeldCertificate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All ways of logging in, and what is said where certificates, passwords or addresses are wrong. */
class TransportTest {
    @TempDir
    static Path home;

    private static SecureCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = SecureCluster.start(home.resolve("cluster"));
        cluster.addUsers("admin");
        for (String user : new String[] {"admin", "client"}) {
            cluster.give(Role.ADMIN.bindings("User:" + user, List.of()));
        }
        Weir topics = create(file("admin"));
        assertThat(topics.code()).as(topics.transcript()).isZero();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static Path file(String name) throws IOException {
        return cluster.connectionFile(home, name);
    }

    private static Weir create(Path connection) {
        return Weir.run(
                home,
                "topics",
                "create",
                "--partitions",
                "1",
                "--replication-factor",
                "1",
                "--connection",
                connection.toString());
    }

    /** The file with some of its lines changed; a value of null takes one out. */
    private static Path changed(String name, Map<String, String> changes) throws IOException {
        StringBuilder more = new StringBuilder(Files.readString(file("admin")));
        changes.forEach((key, value) ->
                more.append(key).append('=').append(value.replace("\n", "\\n")).append('\n'));
        return Files.writeString(home.resolve(name + ".properties"), more);
    }

    private static String refused(Path connection) {
        Weir weir = create(connection);
        assertThat(weir.code()).as(weir.transcript()).isEqualTo(1);
        assertThat(weir.err()).doesNotContain("s3cret", "\tat ");
        return weir.err();
    }

    @Test
    void mutualTls() throws IOException {
        HeldCertificate client = new HeldCertificate.Builder()
                .commonName("client")
                .signedBy(cluster.authority)
                .build();
        Path own = Files.writeString(home.resolve("client.pem"), client.privateKeyPkcs8Pem() + client.certificatePem());
        Map<String, String> mutual = Map.of(
                "kafka.bootstrap.servers",
                cluster.servers(SecureCluster.MUTUAL),
                "kafka.security.protocol",
                "SSL",
                "kafka.ssl.keystore.type",
                "PEM",
                "kafka.ssl.keystore.location",
                own.toString());

        Weir weir = create(changed("mutual", mutual));

        assertThat(weir.code()).as(weir.transcript()).isZero();
    }

    @Test
    void oauth() throws IOException {
        Weir weir = create(changed(
                "oauth",
                Map.of(
                        "kafka.bootstrap.servers",
                        cluster.servers(SecureCluster.OAUTH),
                        "kafka.sasl.mechanism",
                        "OAUTHBEARER",
                        "kafka.sasl.jaas.config",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                                + " unsecuredLoginStringClaim_sub=\"client\";")));

        assertThat(weir.code()).as(weir.transcript()).isZero();
    }

    @Test
    void aWrongPassword() throws IOException {
        Files.writeString(home.resolve("wrong"), "wrong-s3cret");
        String jaas = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"admin\""
                + " password=\"${directory:" + home + ":wrong}\";";
        long before = cluster.failedLogins(SecureCluster.SCRAM);

        assertThat(refused(changed("password", Map.of("kafka.sasl.jaas.config", jaas))))
                .contains(cluster.servers(SecureCluster.SCRAM))
                .contains("the broker refuses the user or the password")
                .contains("sasl.jaas.config");
        assertThat(cluster.failedLogins(SecureCluster.SCRAM) - before).isBetween(1L, 5L);
    }

    @Test
    void anAuthorityThatIsNotTrusted() throws IOException {
        HeldCertificate other =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        Path ca = Files.writeString(home.resolve("other.pem"), other.certificatePem());

        assertThat(refused(changed("authority", Map.of("kafka.ssl.truststore.location", ca.toString()))))
                .contains("not signed by one that is trusted")
                .contains("ssl.truststore");
        assertThat(refused(changed(
                        "registry-authority",
                        Map.of("registry.schema.registry.ssl.truststore.location", ca.toString()))))
                .contains(cluster.registryUrl())
                .contains("not signed by one that is trusted");
    }

    @Test
    void noCertificateWhereOneIsAskedFor() throws IOException {
        assertThat(refused(changed(
                        "none",
                        Map.of(
                                "kafka.bootstrap.servers",
                                cluster.servers(SecureCluster.MUTUAL),
                                "kafka.security.protocol",
                                "SSL"))))
                .contains("ssl.keystore");
    }

    @Test
    void anotherHostName() throws IOException {
        String byName = cluster.servers(SecureCluster.SCRAM).replace("127.0.0.1", "localhost");

        assertThat(refused(changed("name", Map.of("kafka.bootstrap.servers", byName))))
                .contains("the certificate is for another host name");
    }

    @Test
    void tlsWhereThereIsNoneAndNoneWhereThereIs() {
        var tls = new KafkaConnection(
                cluster.plainServers(),
                Map.of("security.protocol", "SSL"),
                cluster.open().registry());
        var plain = new KafkaConnection(
                cluster.servers(SecureCluster.SCRAM), Map.of(), cluster.open().registry());

        assertThatThrownBy(() -> Reachability.require(tls, Duration.ofSeconds(1)))
                .hasMessageContaining("expects security.protocol=SSL");
        assertThatThrownBy(() -> Reachability.require(plain, Duration.ofSeconds(1)))
                .hasMessageContaining("expects security.protocol=PLAINTEXT");
    }

    @Test
    void aWrongPasswordOfTheRegistry() throws IOException {
        assertThat(refused(changed("registry", Map.of("registry.basic.auth.user.info", "weir:wrong-s3cret"))))
                .contains(cluster.registryUrl())
                .contains("401")
                .contains("basic.auth");
    }

    @Test
    void aTrustStoreThatIsNotThere() throws IOException {
        assertThat(refused(changed("store", Map.of("kafka.ssl.truststore.location", "/absent/ca.pem"))))
                .contains("/absent/ca.pem");
    }

    @Test
    void aSecretThatIsNotThere() throws IOException {
        assertThat(refused(changed("absent", Map.of("kafka.ssl.key.password", "${directory:" + home + ":absent}"))))
                .contains("ssl.key.password", "absent}", "there is no such key or file");
    }

    @Test
    void anAgentThatIsRefusedKeepsItsEventsAndDoesNotStormTheBroker() throws Exception {
        Files.writeString(home.resolve("wrong"), "wrong-s3cret");
        String jaas = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"admin\""
                + " password=\"${directory:" + home + ":wrong}\";";
        Path connection = changed("agent", Map.of("kafka.sasl.jaas.config", jaas));
        Path watched = Files.createDirectories(home.resolve("watched"));
        long before = cluster.failedLogins(SecureCluster.SCRAM);
        long begun = System.nanoTime();
        try (Weir agent = Weir.start(
                home,
                "agent",
                "--volume",
                "v=" + watched,
                "-r",
                "--data",
                "refused-agent",
                "--connection",
                connection.toString())) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(agent.err())
                    .contains("what happens is captured and waits in the spool"));
            Files.writeString(watched.resolve("a"), "x");
            long logins = cluster.failedLogins(SecureCluster.SCRAM);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            cluster.failedLogins(SecureCluster.SCRAM))
                    .isGreaterThan(logins + 1));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat((cluster.failedLogins(SecureCluster.SCRAM) - before) / seconds)
                .isLessThan(4);
    }
}
