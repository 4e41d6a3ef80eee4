package io.weir.cli.docs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandRun;
import io.weir.cli.Main;
import io.weir.cli.instance.ClusterOptions;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What {@code docker-compose.yml} and {@code Dockerfile} make Weir run, against the command line as it is. */
class ContainerFilesTest {
    private static final Path ROOT = CommandRun.installation();
    private static final Pattern VARIABLE = Pattern.compile("WEIR_[A-Z_]+");
    /** A variable with what stands in its place where it is not set. */
    private static final Pattern DEFAULTED = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

    private static final Pattern LIST = Pattern.compile("\"([^\"]*)\"");

    private final Map<String, Map<String, Object>> services = services();

    /** Services of Weir's image, by name. */
    private static Map<String, Map<String, Object>> services() {
        Map<String, Object> all =
                map(map(new Load(LoadSettings.builder().build()).loadFromString(text("docker-compose.yml")))
                        .get("services"));
        return all.entrySet().stream()
                .map(service -> Map.entry(service.getKey(), merged(map(service.getValue()))))
                .filter(service -> service.getValue().containsKey("build"))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** YAML 1.2 has no merge keys; docker compose does. */
    private static Map<String, Object> merged(Map<String, Object> service) {
        Map<String, Object> merged = new LinkedHashMap<>();
        if (service.get("<<") instanceof Map<?, ?> below) {
            merged.putAll(merged(map(below)));
        }
        merged.putAll(service);
        merged.remove("<<");
        return merged;
    }

    private static Map<String, Object> map(@Nullable Object yaml) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(yaml)).forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }

    private static List<String> list(@Nullable Object yaml) {
        return ((List<?>) Objects.requireNonNull(yaml))
                .stream().map(String::valueOf).toList();
    }

    private static String text(String file) {
        try {
            return DEFAULTED.matcher(Files.readString(ROOT.resolve(file))).replaceAll("$1");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    private static CommandLine commandLine() {
        var nowhere = new PrintWriter(new StringWriter());
        return Main.commandLine(CommandRun.context(ROOT, Map.of()), nowhere, nowhere);
    }

    /** Parses arguments of {@code weir}; what they lead to is a command that does something. */
    private static ParseResult parse(List<String> arguments) {
        ParseResult parsed = commandLine().parseArgs(arguments.toArray(String[]::new));
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        boolean asksForHelp = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
        assertThat(asksForHelp || command.commandSpec().subcommands().isEmpty())
                .as("weir %s: names a group of commands", arguments)
                .isTrue();
        return command;
    }

    private static String option(ParseResult command, String name) {
        return String.join(",", command.matchedOption(name).originalStringValues());
    }

    @Test
    void thereAreAllParts() {
        assertThat(services)
                .containsOnlyKeys(
                        "topics",
                        "rules",
                        "filter",
                        "agent",
                        "worker",
                        "weir",
                        "qumulo",
                        "qumulo-worker",
                        "qumulo-emulator");
    }

    @Test
    void everyServicesCommandExistsAndAllOfItsOptionsParse() {
        services.forEach((name, service) -> {
            if (service.containsKey("command") && !isScript(service)) {
                ParseResult command = parse(list(service.get("command")));
                String root = list(service.get("command")).get(0);
                assertThat(name).as("service of command '%s'", root).matches(root + "|.*-" + root);
                assertThat(command.matchedOptions()).as(name).isNotEmpty();
            }
        });
    }

    /** Whether it is run by something other than Weir or its replicas. */
    private static boolean isScript(Map<String, Object> service) {
        return service.get("entrypoint") instanceof List<?> entrypoint
                && !entrypoint.get(0).equals("weir-replica");
    }

    @Test
    void aCommandOrOptionThatThereIsNotWouldBeFound() {
        assertThatThrownBy(() -> parse(List.of("filter", "--ids", "x"))).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> parse(List.of("filters"))).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> parse(List.of("topics"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void agentAndWorkerShareVolumeAndMarks() {
        ParseResult agent = parse(list(service("agent").get("command")));
        ParseResult worker = parse(list(service("worker").get("command")));
        String volume = option(agent, "--volume");
        assertThat(option(worker, "--volume")).isEqualTo(volume);
        assertThat(option(worker, "--agent-data")).isEqualTo(option(agent, "--data"));
        String mounted = volume.substring(volume.indexOf('=') + 1);
        for (String name : List.of("agent", "worker")) {
            List<String> mounts = list(service(name).get("volumes"));
            assertThat(mounts).as(name).anyMatch(mount -> mount.matches("[^:]+:" + mounted + "(:ro)?"));
            assertThat(mounts).as(name).contains("host:/var/lib/weir");
        }
        assertThat(option(agent, "--data")).startsWith("/var/lib/weir/");
        assertThat(list(service("worker").get("entrypoint"))).containsExactly("weir-replica", "/var/lib/weir/worker");
    }

    @Test
    void theEnvironmentNamesBrokerAndRegistryAndNothingThatNobodyReads() {
        services.forEach((name, service) -> {
            Map<String, String> environment = map(service.get("environment")).entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, variable -> String.valueOf(variable.getValue())));
            assertThat(variables()).as(name).containsAll(environment.keySet());
            CommandContext context = CommandRun.context(ROOT, environment);
            KafkaConnection connection = new ClusterOptions(context).require();
            assertThat(connection.bootstrapServers()).isEqualTo("broker:19092");
            assertThat(connection.registry().get("schema.registry.url")).startsWith("http://registry:8080/");
        });
    }

    /** The environment variables that the options' descriptions and the launcher name. */
    private static Set<String> variables() {
        Set<String> variables = new TreeSet<>(matches(VARIABLE, text("weir"), 0));
        variables.addAll(matches(VARIABLE, text("containers/weir/weir-replica"), 0));
        collect(commandLine().getCommandSpec(), variables);
        return variables;
    }

    private static void collect(CommandSpec spec, Set<String> variables) {
        spec.options().forEach(o -> variables.addAll(matches(VARIABLE, String.join(" ", o.description()), 0)));
        spec.subcommands().values().forEach(below -> collect(below.getCommandSpec(), variables));
    }

    @Test
    void commandsInTheCommentsParse() {
        List<String> commands = Stream.concat(
                        matches(
                                Pattern.compile("(?m)docker compose run --rm weir (.+?)(?:  .*)?$"),
                                text("docker-compose.yml"),
                                1)
                                .stream(),
                        matches(Pattern.compile("(?m)docker run --rm weir (.+?)(?:  .*)?$"), text("Dockerfile"), 1)
                                .stream())
                .toList();
        assertThat(commands).hasSizeGreaterThanOrEqualTo(3);
        for (String command : commands) {
            ParseResult parsed = parse(Arrays.asList(command.trim().split(" +")));
            if (parsed.hasMatchedOption("--file")) {
                assertThat(ROOT.resolve(option(parsed, "--file"))).exists();
            }
        }
    }

    @Test
    void theImageRunsTheLauncherAndTakesWhatThereIs() {
        String dockerfile = text("Dockerfile");
        assertThat(words(dockerfile, "ENTRYPOINT")).containsExactly("weir");
        parse(words(dockerfile, "CMD"));
        List<String> runs = matches(Pattern.compile("/opt/weir/weir ([a-z-][^>&\n]*)"), dockerfile, 1);
        assertThat(runs)
                .isNotEmpty()
                .allSatisfy(run -> parse(Arrays.asList(run.trim().split(" +"))));
        List<String> copied = matches(Pattern.compile("(?m)^COPY --from=build /opt/weir/(\\S+) "), dockerfile, 1);
        assertThat(copied).contains("weir", "containers/weir", "examples", "cli/target/dist");
        assertThat(text("weir")).contains("dist=$home/cli/target/dist");
        assertThat(copied)
                .filteredOn(path -> !path.startsWith("cli/target/"))
                .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
    }

    private static List<String> words(String dockerfile, String instruction) {
        String line = matches(Pattern.compile("(?m)^" + instruction + " \\[(.*)\\]$"), dockerfile, 1)
                .get(0);
        return matches(LIST, line, 1);
    }

    private static List<String> matches(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .toList();
    }
}
