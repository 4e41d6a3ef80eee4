package io.weir.worker.settings;

import io.weir.rules.Glob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The programs that {@code exec} may run. */
final class ProgramReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private List<String> command = List.of();
    private List<String> scope = List.of();
    private Duration timeout = DEFAULT_TIMEOUT;

    private ProgramReader() {}

    static Map<String, Program> programs(SettingsNode node) {
        Map<String, Program> programs = new LinkedHashMap<>();
        node.named("program", NAME, "letters, digits, '.', '_' and '-'", (name, value) -> {
            try {
                var reader = new ProgramReader();
                if (reader.read(name, value)) {
                    programs.put(name, new Program(name, reader.command, reader.timeout, reader.scope));
                }
            } catch (IllegalArgumentException e) {
                value.fault(String.valueOf(e.getMessage()));
            }
        });
        return programs;
    }

    private boolean read(String name, SettingsNode node) {
        int faultsBefore = node.faultCount();
        node.entries("program '" + name + "'", List.of("command", "timeout", "scope"), (key, value) -> {
            switch (key) {
                case "command" -> command = value.texts(key);
                case "timeout" -> timeout = value.duration(key);
                default -> scope = globs(value);
            }
        });
        return node.faultCount() == faultsBefore;
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
