package io.weir.worker.settings;

import io.weir.rules.Glob;
import io.weir.worker.settings.Confinement.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The programs that {@code exec} may run. */
final class ProgramReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final List<String> KEYS =
            List.of("command", "timeout", "scope", "max-output", "max-memory", "max-cpu", "user", "directory");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final HostTools host;
    private List<String> command = List.of();
    private List<String> scope = List.of();
    private Duration timeout = DEFAULT_TIMEOUT;
    private OptionalLong output = OptionalLong.empty();
    private OptionalLong memory = OptionalLong.empty();
    private Optional<Duration> cpu = Optional.empty();
    private Optional<Account> account = Optional.empty();
    private Optional<Path> directory = Optional.empty();
    private Optional<Path> prlimit = Optional.empty();
    private Optional<Path> setpriv = Optional.empty();

    private ProgramReader(HostTools host) {
        this.host = host;
    }

    static Map<String, Program> programs(SettingsNode node, HostTools host) {
        Map<String, Program> programs = new LinkedHashMap<>();
        node.named("program", NAME, "letters, digits, '.', '_' and '-'", (name, value) -> {
            try {
                var reader = new ProgramReader(host);
                if (reader.read(name, value)) {
                    programs.put(name, reader.program(name));
                }
            } catch (IllegalArgumentException e) {
                value.fault(String.valueOf(e.getMessage()));
            }
        });
        return programs;
    }

    private Program program(String name) {
        var launcher = Confinement.launcher(memory, cpu, account, prlimit, setpriv);
        var confinement = new Confinement(output, memory, cpu, account, directory, launcher);
        return new Program(name, command, timeout, scope, confinement);
    }

    private boolean read(String name, SettingsNode node) {
        int faultsBefore = node.faultCount();
        node.entries("program '" + name + "'", KEYS, this::take);
        return node.faultCount() == faultsBefore;
    }

    private void take(String key, SettingsNode value) {
        switch (key) {
            case "command" -> command = value.texts(key);
            case "timeout" -> timeout = value.duration(key);
            case "scope" -> scope = globs(value);
            case "max-output" -> output = OptionalLong.of(value.bytes(key));
            case "max-memory" -> {
                memory = OptionalLong.of(value.bytes(key));
                prlimit = tool("prlimit", key, value);
            }
            case "max-cpu" -> {
                cpu = Optional.of(value.duration(key));
                prlimit = tool("prlimit", key, value);
            }
            case "user" -> account = account(value);
            default -> directory = directory(value);
        }
    }

    private Optional<Path> tool(String tool, String key, SettingsNode node) {
        Optional<Path> found = host.find(tool);
        if (found.isEmpty()) {
            node.fault(key + ": needs the command " + tool + ", which this host does not have; install util-linux");
        }
        return found;
    }

    private Optional<Account> account(SettingsNode node) {
        String user = node.text("user");
        setpriv = tool("setpriv", "user", node);
        if (!host.isRoot()) {
            node.fault("user='" + user + "': only a worker that runs as root can run programs as somebody else;"
                    + " start it as root, or leave 'user' out");
            return Optional.empty();
        }
        Optional<Account> found = host.account(user);
        if (found.isEmpty()) {
            node.fault("user='" + user + "': this host has no such user");
        }
        return found;
    }

    private static Optional<Path> directory(SettingsNode node) {
        String text = node.text("directory");
        Path path = Path.of(text);
        if (!path.isAbsolute() || !Files.isDirectory(path)) {
            node.fault("directory='" + text + "': expected the absolute path of a directory of this host");
        }
        return Optional.of(path);
    }

    private static List<String> globs(SettingsNode node) {
        List<String> globs = new ArrayList<>(node.texts("scope"));
        for (String glob : globs) {
            try {
                Glob.compile(glob);
            } catch (IllegalArgumentException e) {
                node.fault("scope: " + e.getMessage());
            }
            if (!glob.startsWith("/") && !glob.startsWith("**/")) {
                node.fault(
                        "scope='" + glob + "': expected a glob of paths absolute within the volume, such as /out/**");
            }
        }
        return globs;
    }
}
