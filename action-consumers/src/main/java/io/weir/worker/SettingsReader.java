package io.weir.worker;

import io.weir.rules.Glob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a worker's settings and collects all that is wrong with them. */
final class SettingsReader {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MOST_THREADS = 1024;

    private final String source;
    private final List<String> faults = new ArrayList<>();

    private Optional<Set<String>> actions = Optional.empty();
    private boolean specialModes;
    private int threads = WorkerSettings.DEFAULT_THREADS;
    private final Map<String, Program> programs = new LinkedHashMap<>();

    SettingsReader(String source) {
        this.source = source;
    }

    WorkerSettings read(String text) throws SettingsException {
        compose(text).ifPresent(this::top);
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return new WorkerSettings(actions, specialModes, threads, programs);
    }

    private Optional<Node> compose(String text) {
        try {
            var settings = LoadSettings.builder().setLabel(source).build();
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            String at = e.getProblemMark()
                    .map(m -> (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                    .orElse("1:1");
            faults.add(source + ":" + at + ": not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            faults.add(source + ":1:1: not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private void top(Node node) {
        entries(node, "the settings", List.of("actions", "special-modes", "threads", "programs"), (key, value) -> {
            switch (key) {
                case "actions" -> actions = Optional.of(new LinkedHashSet<>(texts(value, "actions")));
                case "special-modes" -> specialModes = truth(value);
                case "threads" -> threads = threadCount(value);
                default -> programs(value);
            }
        });
    }

    private void programs(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            fault(node, "programs: expected a mapping from names to programs");
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            String name = text(entry.getKeyNode(), "program name");
            if (!NAME.matcher(name).matches()) {
                fault(entry.getKeyNode(), "program name='" + name + "': expected letters, digits, '.', '_' and '-'");
            } else if (!seen.add(name)) {
                fault(entry.getKeyNode(), "program name='" + name + "': given twice");
            } else {
                program(name, entry.getValueNode());
            }
        }
    }

    private void program(String name, Node node) {
        int faultsBefore = faults.size();
        List<String> command = new ArrayList<>();
        List<String> scope = new ArrayList<>();
        Duration[] timeout = {Duration.ofSeconds(30)};
        entries(node, "program '" + name + "'", List.of("command", "timeout", "scope"), (key, value) -> {
            switch (key) {
                case "command" -> command.addAll(texts(value, "command"));
                case "timeout" -> timeout[0] = duration(value);
                default -> scope.addAll(globs(value));
            }
        });
        if (faults.size() > faultsBefore) {
            return;
        }
        try {
            programs.put(name, new Program(name, command, timeout[0], scope));
        } catch (IllegalArgumentException e) {
            fault(node, String.valueOf(e.getMessage()));
        }
    }

    private void entries(Node node, String what, List<String> known, BiConsumer<String, Node> take) {
        if (!(node instanceof MappingNode mapping)) {
            fault(node, what + ": expected a mapping with the keys " + String.join(", ", known));
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = text(entry.getKeyNode(), "key");
            if (!known.contains(key)) {
                fault(
                        entry.getKeyNode(),
                        "unknown key '" + key + "' in " + what + "; expected one of " + String.join(", ", known));
            } else if (!seen.add(key)) {
                fault(entry.getKeyNode(), "key '" + key + "' in " + what + ": given twice");
            } else {
                take.accept(key, entry.getValueNode());
            }
        }
    }

    private List<String> texts(Node node, String what) {
        if (node instanceof ScalarNode) {
            return List.of(text(node, what));
        }
        if (!(node instanceof SequenceNode sequence)) {
            fault(node, what + ": expected a list");
            return List.of();
        }
        return sequence.getValue().stream().map(item -> text(item, what)).toList();
    }

    private List<String> globs(Node node) {
        List<String> globs = texts(node, "scope");
        for (String glob : globs) {
            try {
                Glob.compile(glob);
            } catch (IllegalArgumentException e) {
                fault(node, "scope: " + e.getMessage());
            }
            if (!glob.startsWith("/") && !glob.startsWith("**/")) {
                fault(
                        node,
                        "scope='" + glob + "': expected a glob of paths absolute within the volume, such as /out/**");
            }
        }
        return globs;
    }

    private boolean truth(Node node) {
        String text = text(node, "special-modes");
        if (!text.equals("true") && !text.equals("false")) {
            fault(node, "special-modes='" + text + "': expected true or false");
        }
        return text.equals("true");
    }

    private int threadCount(Node node) {
        String text = text(node, "threads");
        if (text.matches("[0-9]{1,4}")) {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= MOST_THREADS) {
                return count;
            }
        }
        fault(node, "threads='" + text + "': expected 1 to " + MOST_THREADS);
        return WorkerSettings.DEFAULT_THREADS;
    }

    private Duration duration(Node node) {
        String text = text(node, "timeout");
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            fault(node, "timeout='" + text + "': expected a number with ms, s, m or h, such as 10s");
            return Duration.ofSeconds(1);
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private String text(@Nullable Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        if (node != null) {
            fault(node, what + ": expected text");
        }
        return "";
    }

    private void fault(Node node, String message) {
        String at = node.getStartMark()
                .map(m -> (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                .orElse("1:1");
        faults.add(source + ":" + at + ": " + message);
    }
}
