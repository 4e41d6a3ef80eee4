package io.weir.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.it.Weir;
import io.weir.schemas.acl.Role;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, with logins and an authorizer: each part does its work with the rights of its role, and can do no more. */
class LeastPrivilegeTest {
    @TempDir
    static Path home;

    private static SecureCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = SecureCluster.start(home.resolve("cluster"));
        List<String> users = List.of("admin", "agent", "filter", "worker", "author", "operator", "reader");
        cluster.addUsers(users.toArray(String[]::new));
        for (String user : users) {
            cluster.connectionFile(home, user);
        }
        give(Role.ADMIN, "admin");
        give(Role.AGENT, "agent");
        give(Role.FILTER, "filter");
        cluster.give(Role.WORKER.bindings("User:worker", List.of("media")));
        give(Role.RULE_AUTHOR, "author");
        give(Role.OPERATOR, "operator");
        give(Role.READER, "reader");
        done(Weir.run(home, as("admin", "topics", "create", "--partitions", "2", "--replication-factor", "1")));
        done(Weir.run(home, as("admin", "volume", "add", "media")));
    }

    private static void give(Role role, String user) {
        cluster.give(role.bindings("User:" + user, List.of()));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static String[] as(String user, String... arguments) throws IOException {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--connection";
        all[arguments.length + 1] = cluster.connectionFile(home, user).toString();
        return all;
    }

    private static Weir done(Weir weir) {
        assertThat(weir.code()).as(weir.transcript()).isZero();
        return weir;
    }

    @Test
    void theWholeChainWorks() throws IOException {
        Path media = Files.createDirectories(home.resolve("media"));
        Path rules = Files.writeString(
                home.resolve("rules.yaml"),
                """
                rules:
                  - id: lock
                    on: created
                    when:
                      - extension: csv
                    actions:
                      - chmod: { mode: "0400" }
                """);
        try (SecretsInLogs logs = SecretsInLogs.watch("s3cret");
                Weir filter = Weir.start(home, as("filter", "filter", "--data", "filter"));
                Weir agent =
                        Weir.start(home, as("agent", "agent", "--volume", "media=" + media, "-r", "--data", "agent"));
                Weir worker = Weir.start(
                        home,
                        as(
                                "worker",
                                "worker",
                                "--volume",
                                "media=" + media,
                                "--agent-data",
                                "agent",
                                "--data",
                                "worker"))) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                for (Weir part : List.of(filter, agent, worker)) {
                    assertThat(part.isOver()).as(part.transcript()).isFalse();
                    assertThat(part.err()).contains(" runs");
                }
            });
            done(Weir.run(home, as("author", "rules", "apply", "-f", rules.toString())));
            Path file = Files.writeString(media.resolve("a.csv"), "x");
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                for (Weir part : List.of(filter, agent, worker)) {
                    assertThat(part.isOver()).as(part.transcript()).isFalse();
                }
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("r--------");
            });
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            done(Weir.run(home, as("reader", "actions", "tail")))
                                    .out())
                    .contains("a.csv"));
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            Weir.run(home, as("reader", "status")).out())
                    .contains("nothing needs anybody"));
            done(Weir.run(home, as("operator", "undo", "--rule", "lock", "--since", "1h")));
            done(Weir.run(home, as("operator", "stop", "--reason", "test")));
            done(Weir.run(home, as("operator", "resume")));
            assertThat(logs.hasSeenConfigurations()).isTrue();
            assertThat(logs.found()).isEmpty();
        }
    }

    @Test
    void aWorkerOfAVolumeThatItMayNotRegisterSaysWhoCan() throws IOException {
        Weir worker = Weir.run(
                home, as("worker", "worker", "--volume", "foreign=" + home, "--agent-data", "a", "--data", "w"));

        assertThat(worker.code()).isEqualTo(1);
        assertThat(worker.err())
                .contains("volume='foreign' is not registered, and this user may not register it")
                .contains("weir volume add foreign");
    }

    @Test
    void anAgentCannotWriteRules() {
        assertThat(refusalOfWriting("agent", Topics.RULES)).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aRuleAuthorCannotWriteRequests() {
        createTopic("weir.actions.other");
        assertThat(refusalOfWriting("author", Topics.ACTIONS)).isInstanceOf(TopicAuthorizationException.class);
        assertThat(refusalOfWriting("author", "weir.actions.other")).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aWorkerCannotReadTheRequestsOfAnotherVolume() {
        createTopic("weir.actions.backup");
        try (var consumer = new KafkaConsumer<>(bytes(cluster.as("worker").consumerConfig("it")))) {
            consumer.assign(List.of(new TopicPartition("weir.actions.backup", 0)));
            consumer.seekToBeginning(consumer.assignment());

            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
                    .isInstanceOf(TopicAuthorizationException.class)
                    .hasMessageContaining("weir.actions.backup");
        }
    }

    @Test
    void aFilterCannotMakeTopics() {
        try (Admin admin = Admin.create(cluster.as("filter").adminConfig("it"))) {
            for (String name : List.of("weir.actions.made", "weir-filter-made-changelog")) {
                assertThatThrownBy(() -> admin.createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                                .all()
                                .get())
                        .hasCauseInstanceOf(TopicAuthorizationException.class);
            }
        }
    }

    @Test
    void whatIsMissingAndWhatIsTooMuchIsShownAndGiven() {
        cluster.give(List.of(new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, Topics.RULES, PatternType.LITERAL),
                new AccessControlEntry("User:greedy", "*", AclOperation.WRITE, AclPermissionType.ALLOW))));
        String[] where = {
            "--principal", "User:greedy", "--bootstrap-servers", cluster.plainServers(), "--schema-registry", "http://-"
        };

        Weir check = Weir.run(home, with(where, "acls", "check", "agent"));
        assertThat(check.code()).isEqualTo(3);
        assertThat(check.out())
                .contains("missing: topic weir.file-events: write, for User:greedy")
                .contains("more than needed: topic weir.rules: write, for User:greedy");
        assertThat(check.err())
                .contains("may write weir.rules: User:author, User:greedy, and the brokers' super users");
        assertThat(Weir.run(home, with(where, "acls", "apply", "agent", "--dry-run"))
                        .code())
                .isEqualTo(3);
        assertThat(done(Weir.run(home, with(where, "acls", "apply", "agent"))).out())
                .contains("topic weir.file-events: write, for User:greedy given");
        Weir again = Weir.run(home, with(where, "acls", "check", "agent"));
        assertThat(again.out()).doesNotContain("missing").contains("more than needed");
        assertThat(done(Weir.run(home, with(where, "acls", "apply", "agent"))).out())
                .isEmpty();
    }

    private static String[] with(String[] more, String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    private static void createTopic(String name) {
        cluster.administrate(admin -> admin.createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                .all()
                .get());
    }

    private static @Nullable Throwable refusalOfWriting(String user, String topic) {
        Map<String, Object> config = bytes(cluster.as(user).producerConfig("it"));
        try (var producer = new KafkaProducer<byte[], byte[]>(config)) {
            producer.send(new ProducerRecord<>(topic, new byte[] {1})).get();
            throw new AssertionError(user + " may write " + topic);
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> bytes(Map<String, Object> config) {
        config.put("key.serializer", ByteArraySerializer.class);
        config.put("value.serializer", ByteArraySerializer.class);
        config.put("key.deserializer", ByteArrayDeserializer.class);
        config.put("value.deserializer", ByteArrayDeserializer.class);
        return config;
    }
}
