package io.weir.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a {@code docker compose} project from its first start to its end, told in order. */
@NeedsImages
@TestMethodOrder(OrderAnnotation.class)
class ComposeTest {
    private static final String DAC_READ_SEARCH_LEASE = "0000000010000004";
    private static final String CHOWN_DAC_OVERRIDE_FOWNER = "000000000000000b";
    private static final Path EXAMPLE = Path.of("../examples/compose");
    private static final String NONE = "0000000000000000";

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Compose compose;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Inbox inbox;

    @BeforeAll
    static void up() {
        compose = Compose.ofOneMachine(directory);
        inbox = new Inbox(directory, compose);
        if (!NeedsImagesCondition.isMissing()) {
            compose.up();
        }
    }

    @AfterAll
    static void end() {
        if (!NeedsImagesCondition.isMissing()) {
            compose.close();
            assertThat(labelled("container", "ls", "-a"))
                    .as("what 'down' leaves")
                    .isEmpty();
            assertThat(labelled("volume", "ls")).isEmpty();
            assertThat(labelled("network", "ls")).isEmpty();
        }
    }

    @Test
    @Order(1)
    void upBringsAllPartsToReadyAtTheFirstGo() {
        assertThat(compose.containers("topics", "rules")).hasSize(2);
        assertThat(Command.run("docker", "exec", compose.container("agent"), "weir-health", "ready")
                        .ok())
                .isEqualTo("ready\nagent: running\n");
    }

    @Test
    @Order(2)
    void aFileIsQuarantinedAndTheChangesOfThatAreNotJudgedAgain() throws Exception {
        inbox.put("/first.zip");
        inbox.awaitQuarantined();
        inbox.assertEachOnce();
        compose.until("the echoes are suppressed", () -> assertThat(
                        compose.weir("decisions", "tail", "-o", "json", "--outcome", "suppressed"))
                .extracting(decision -> decision.path("type").asText() + " "
                        + decision.path("path").asText())
                .contains("created /.quarantine", "moved /.quarantine/first.zip"));
    }

    @Test
    @Order(3)
    void aCommandBesideThemFindsNothingThatNeedsAnybody() {
        assertThat(compose.compose("run", "--rm", "weir", "status"))
                .contains("AGENT", "FILTER", "WORKER", "complete", "nothing needs anybody");
    }

    @Test
    @Order(3)
    void eachPartHasNoMoreRightsThanItNeeds() {
        assertThat(rights("filter")).contains("Uid:\t10001\t", "CapEff:\t" + NONE, "NoNewPrivs:\t1");
        boolean root = rights("agent").contains("Uid:\t0\t");
        assertThat(rights("agent")).contains("CapEff:\t" + (root ? DAC_READ_SEARCH_LEASE : NONE), "NoNewPrivs:\t1");
        assertThat(rights("worker"))
                .contains("CapEff:\t" + (root ? CHOWN_DAC_OVERRIDE_FOWNER : NONE), "NoNewPrivs:\t1");
    }

    /** Of the process that the container was made for. */
    private static String rights(String service) {
        return Command.run("docker", "exec", compose.container(service), "cat", "/proc/1/status")
                .ok();
    }

    @ParameterizedTest
    @Order(4)
    @CsvSource({
        "agent, stop", "filter, stop", "worker, stop", "registry, stop", "broker, stop",
        "agent, kill", "filter, kill", "worker, kill", "registry, kill", "broker, kill"
    })
    void whatHappensWhileAServiceIsAwayIsActedOnAfterwards(String service, String how) {
        inbox.put("/" + service + "/before-" + how + ".zip");
        compose.compose(how, service);
        inbox.put("/" + service + "/during-" + how + ".zip");
        compose.compose("start", service);
        inbox.awaitQuarantined();
        compose.awaitReady();
    }

    @Test
    @Order(5)
    void throughAllRestartsEachFileWasActedOnOnce() throws Exception {
        inbox.assertEachOnce();
    }

    @Test
    @Order(6)
    void replicasShareTheWorkAndOneOfThemMayDie() throws Exception {
        compose.up("--scale", "worker=3", "--scale", "filter=2");
        for (int i = 0; i < 120; i++) {
            inbox.put("/scale/d" + i % 12 + "/" + i + ".zip");
            if (i == 60) {
                kill("worker");
                kill("filter");
            }
        }
        compose.up("--scale", "worker=3", "--scale", "filter=2");
        inbox.awaitQuarantined();
        inbox.assertEachOnce();
        assertThat(ids("filter")).isEqualTo(Set.of("compose-1", "compose-2"));
        assertThat(ids("worker")).isEqualTo(Set.of("compose-1", "compose-2", "compose-3"));
    }

    private static void kill(String service) {
        Command.run("docker", "kill", compose.containers(service).get(1)).ok();
    }

    @Test
    @Order(7)
    void containersMadeAnewGoOnUnderTheNamesOfTheFormer() throws Exception {
        compose.up("--force-recreate");
        inbox.put("/anew.zip");
        inbox.awaitQuarantined();
        inbox.assertEachOnce();
        assertThat(ids("filter")).isEqualTo(Set.of("compose-1"));
        assertThat(ids("worker")).isEqualTo(Set.of("compose-1"));
    }

    /** With the example's files but for the addresses, over TLS and with a login for each part. */
    @Test
    @Order(8)
    void thePartsOfAnotherHostWorkAgainstTheSameCluster(
            @TempDir Path keys, @TempDir Path settings, @TempDir Path volume) throws Exception {
        SecuredServers servers = new SecuredServers(keys);
        compose.with(servers.override(compose.kafkaPort())).up();
        SecuredServers.addUsers("127.0.0.1:" + compose.kafkaPort(), writeSettings(settings, servers.authority()));
        try (Compose host = Compose.ofHost(settings, "nas2", volume)) {
            host.up();
            Files.writeString(volume.resolve("there.zip"), "x");
            host.until("it is quarantined", () -> assertThat(volume.resolve(".quarantine/there.zip"))
                    .exists());
            assertThat(host.compose("run", "--rm", "weir", "status"))
                    .contains("nas2 ", "nas2-1", "nothing needs anybody");
        }
    }

    /** What the example leaves to its users; the users' names and passwords. */
    private static Map<String, String> writeSettings(Path settings, String authority) throws IOException {
        Map<String, String> passwords = new HashMap<>();
        for (String part : List.of("agent", "filter", "worker", "command")) {
            Path own = Files.createDirectory(settings.resolve(part));
            String connection = Files.readString(EXAMPLE.resolve(part).resolve("connection.properties"))
                    .replace("kafka1.example.com:9093,kafka2.example.com:9093", SecuredServers.BROKER)
                    .replace("https://registry.example.com:8081", SecuredServers.REGISTRY);
            Matcher user = Pattern.compile("username=\"([^\"]*)\"").matcher(connection);
            assertThat(user.find()).as(connection).isTrue();
            passwords.put(user.group(1), "password of " + part);
            Files.writeString(own.resolve("connection.properties"), connection);
            Files.writeString(own.resolve("password"), "password of " + part + "\n");
        }
        Files.copy(EXAMPLE.resolve("worker/worker.yaml"), settings.resolve("worker/worker.yaml"));
        Files.writeString(settings.resolve("ca.pem"), authority);
        Files.writeString(
                settings.resolve("networks.yml"),
                "version: '3.8'\nnetworks: {default: {external: true, name: " + compose.project() + "_default}}\n");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rwxr-xr-x"));
        return passwords;
    }

    /** Of parts that run. */
    private static Set<String> ids(String kind) {
        return compose.weir("status", "-o", "json").stream()
                .filter(part -> part.path("kind").asText().equals(kind))
                .filter(part -> part.path("state").asText().equals("running"))
                .map(part -> part.path("id").asText())
                .collect(Collectors.toSet());
    }

    private static List<String> labelled(String... command) {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(List.of(command));
        all.addAll(List.of("-q", "--filter", "label=com.docker.compose.project=" + compose.project()));
        return Command.run(all.toArray(String[]::new)).ok().lines().toList();
    }
}
