package io.weir.it.containers;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/**
 * One of the project's own compose files, unchanged, under a project name and ports of its own. Run by {@code
 * docker-compose} where that is installed, else by {@code docker compose}.
 */
final class Compose implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> TOOL =
            Command.run("docker-compose", "version").code() == 0
                    ? List.of("docker-compose")
                    : List.of("docker", "compose");

    private final String project;
    private final List<String> files;
    private final Map<String, String> environment;

    private Compose(String project, List<String> files, Map<String, String> environment) {
        this.project = project;
        this.files = List.copyOf(files);
        this.environment = Map.copyOf(environment);
    }

    /** A project of its own. */
    private static Compose of(List<String> files, Map<String, String> variables) {
        int number = ThreadLocalRandom.current().nextInt(1 << 28, Integer.MAX_VALUE);
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("WEIR_USER", idOf("-u") + ":" + idOf("-g"));
        return new Compose("weir-it-" + Integer.toHexString(number), files, environment);
    }

    /** All parts on one machine: {@code docker-compose.yml}. */
    static Compose ofOneMachine(Path inbox) {
        return of(
                List.of("-f", HOME.resolve("docker-compose.yml").toString()),
                Map.of(
                        "WEIR_INBOX", inbox.toString(),
                        "WEIR_KAFKA_PORT", freePort(21_000),
                        "WEIR_REGISTRY_PORT", freePort(22_000)));
    }

    /** The same project, with this added to its file. */
    Compose with(Path override) {
        List<String> all = new ArrayList<>(files);
        all.addAll(List.of("-f", override.toString()));
        return new Compose(project, all, environment);
    }

    /** Of the broker, on this machine. */
    String kafkaPort() {
        return Objects.requireNonNull(environment.get("WEIR_KAFKA_PORT"));
    }

    /**
     * The parts of one host: {@code examples/compose/docker-compose.yml}.
     *
     * @param directory what the file's own directory is to its users, with their settings; networks.yml tells the network
     * @param host the host's name
     * @param volume the files
     */
    static Compose ofHost(Path directory, String host, Path volume) {
        return of(
                List.of(
                        "--project-directory", directory.toString(),
                        "-f",
                                HOME.resolve("examples/compose/docker-compose.yml")
                                        .toString(),
                        "-f", directory.resolve("networks.yml").toString()),
                Map.of("WEIR_HOST", host, "WEIR_FILES", volume.toString()));
    }

    String project() {
        return project;
    }

    /** {@code docker-compose ARGUMENTS}; what it said on standard output. */
    String compose(String... arguments) {
        return command(arguments).ok();
    }

    /** Starts what is not running, and waits until all parts are ready. */
    void up(String... arguments) {
        List<String> all = new ArrayList<>(List.of("up", "-d"));
        all.addAll(List.of(arguments));
        compose(all.toArray(String[]::new));
        awaitReady();
    }

    private Command command(String... arguments) {
        List<String> command = new ArrayList<>(TOOL);
        command.addAll(List.of("-p", project));
        command.addAll(files);
        command.addAll(List.of(arguments));
        return Command.run(HOME, environment, command);
    }

    /** The containers of a service, or of all, that run or have ended. */
    List<String> containers(String... service) {
        List<String> arguments = new ArrayList<>(List.of("ps", "-a", "-q"));
        arguments.addAll(List.of(service));
        return compose(arguments.toArray(String[]::new)).lines().toList();
    }

    /** The only container of a service. */
    String container(String service) {
        List<String> all = containers(service);
        if (all.size() != 1) {
            throw new AssertionError("expected one container of " + service + ": " + all);
        }
        return all.get(0);
    }

    JsonNode inspect(String container) {
        return json(Command.run("docker", "inspect", container).ok()).path(0);
    }

    /** Waits until each container that has a health check is healthy, and each other one has ended well. */
    void awaitReady() {
        until("all parts are ready", () -> {
            for (String id : containers()) {
                JsonNode state = inspect(id).path("State");
                boolean well = state.has("Health")
                        ? state.path("Health").path("Status").asText().equals("healthy")
                        : state.path("Status").asText().equals("exited")
                                && state.path("ExitCode").asInt() == 0;
                if (!well) {
                    throw new AssertionError(inspect(id).path("Name") + " is not ready: " + state);
                }
            }
        });
    }

    /** Waits until this holds, and adds what all containers have logged if it does not. */
    void until(String what, ThrowingRunnable holds) {
        try {
            await(what)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(holds);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    e.getMessage() + "\n"
                            + command("logs", "--no-color", "--tail", "50").out(),
                    e);
        }
    }

    /** A Weir command in a running filter's container; its lines of JSON. */
    List<JsonNode> weir(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("docker", "exec", containers("filter").get(0), "weir"));
        command.addAll(List.of(arguments));
        return Command.run(Path.of(""), Map.of(), command)
                .ok()
                .lines()
                .map(Compose::json)
                .toList();
    }

    /** Takes away all that it has made. */
    @Override
    public void close() {
        compose("down", "--volumes", "--remove-orphans", "--timeout", "10");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    private static String idOf(String option) {
        return Command.run("id", option).ok().strip();
    }

    /** Below those that the kernel gives to clients. */
    private static String freePort(int from) {
        for (int port = from + ThreadLocalRandom.current().nextInt(900); ; port++) {
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return Integer.toString(free.getLocalPort());
            } catch (IOException e) {
                // Taken; the next one, then.
            }
        }
    }
}
