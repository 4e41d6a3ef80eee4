package io.weir.it.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/** The images by themselves, by Testcontainers: whoever tests with these has the same broker and the same Weir. */
@NeedsImages
class ImageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int USER = 10001;
    private static final HealthCheck LISTENS = new HealthCheck()
            .withTest(List.of("CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"))
            .withInterval(Duration.ofSeconds(1).toNanos());

    @TempDir
    private Path inbox;

    /** All in one container, against a broker and a registry in others. */
    @Test
    @SuppressWarnings("resource") // the methods of a container return itself
    void weirUpQuarantinesAFileOverABrokerAndARegistryInContainers() throws Exception {
        try (Network network = Network.newNetwork();
                KafkaContainer kafka = new KafkaContainer(Images.KAFKA)
                        .withNetwork(network)
                        .withListener("kafka:19092")
                        .withStartupTimeout(PATIENCE)
                        .withCreateContainerCmdModifier(
                                command -> onLoopback(Objects.requireNonNull(command.getHostConfig())));
                GenericContainer<?> registry = new GenericContainer<>(Images.REGISTRY)
                        .withNetwork(network)
                        .withNetworkAliases("registry")
                        .withCreateContainerCmdModifier(command -> command.withHealthcheck(LISTENS))
                        .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE));
                GenericContainer<?> weir = new GenericContainer<>(Images.WEIR)
                        .withNetwork(network)
                        // withFileSystemBind would try the bind by an image of its own.
                        .withCreateContainerCmdModifier(command -> Objects.requireNonNull(
                                        command.withUser("0:0").getHostConfig())
                                .withBinds(new Bind(inbox.toString(), new Volume("/inbox"))))
                        .withCommand(
                                "up",
                                "--watch=/inbox=inbox",
                                "--rules=examples/rules.yaml",
                                "--data=/var/lib/weir/up",
                                "--bootstrap-servers=kafka:19092",
                                "--schema-registry=http://registry:8080/apis/ccompat/v7",
                                "--metrics-port=9464")
                        .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE))) {
            kafka.start();
            registry.start();
            weir.start();
            Files.writeString(inbox.resolve("a.zip"), "x");
            await().atMost(PATIENCE).until(() -> Files.exists(inbox.resolve(".quarantine/a.zip")));
            assertThat(weir.execInContainer("weir-health", "ready").getStdout())
                    .isEqualTo("ready\nagent: running\nfilter: running\nworker: running\n");
            assertThat(topics(kafka.getBootstrapServers())).contains("weir.file-events", "weir.actions.inbox");
        }
    }

    private static void onLoopback(HostConfig host) {
        host.withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(9092)));
    }

    private static Set<String> topics(String bootstrapServers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            return admin.listTopics().names().get().stream().collect(Collectors.toSet());
        }
    }

    @Test
    void theImageRunsAsAUserOfItsOwnAndHoldsNothingToBuildWith() throws IOException {
        Command look = Command.run(
                "docker", "run", "--rm", "--entrypoint", "bash", Images.WEIR, "-c", "id -u; command -v javac mvn git");
        assertThat(look.out()).isEqualTo(USER + "\n");
    }

    @Test
    void aPartThatDoesNotAnswerIsUnhealthy() {
        Command health = Command.run("docker", "run", "--rm", "--entrypoint", "weir-health", Images.WEIR, "live");
        assertThat(health.code()).isEqualTo(1);
        assertThat(health.err()).contains("Connection refused");
    }

    @Test
    void aReplicaTakesTheFirstPlaceThatIsFree() {
        String race =
                """
                mkdir /tmp/places
                exec 8>>/tmp/places/1.lock; flock 8
                sed 's/exec weir/exec echo/' /usr/local/bin/weir-replica >/tmp/told
                WEIR_REPLICAS=nas bash /tmp/told /tmp/places filter --threads 2
                """;
        assertThat(Command.run("docker", "run", "--rm", "--entrypoint", "bash", Images.WEIR, "-c", race)
                        .ok())
                .isEqualTo("filter --threads 2 --id nas-2 --data /tmp/places/2\n");
    }
}
