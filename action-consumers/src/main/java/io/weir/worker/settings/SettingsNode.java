package io.weir.worker.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A place in a settings file: reads it as what is expected there, and collects a fault where it is something else. */
final class SettingsNode {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");

    private final String source;
    private final Node node;
    private final List<String> faults;

    SettingsNode(String source, Node node, List<String> faults) {
        this.source = source;
        this.node = node;
        this.faults = faults;
    }

    /** {@code file:line}, from 1. */
    String place() {
        return source + ":"
                + node.getStartMark()
                        .map(m -> Integer.toString(m.getLine() + 1))
                        .orElse("1");
    }

    /** A value that stands here. */
    <T> Setting<T> setting(T value) {
        return new Setting<>(value, place());
    }

    void fault(String message) {
        String at = node.getStartMark()
                .map(m -> (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                .orElse("1:1");
        faults.add(source + ":" + at + ": " + message);
    }

    /** Faults of the whole file so far. */
    int faultCount() {
        return faults.size();
    }

    /** Hands out the values of a mapping that has these keys and no others. */
    void entries(String what, List<String> known, BiConsumer<String, SettingsNode> take) {
        if (!(node instanceof MappingNode mapping)) {
            fault(what + ": expected a mapping with the keys " + String.join(", ", known));
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            SettingsNode keyNode = at(entry.getKeyNode());
            String key = keyNode.text("key");
            if (!known.contains(key)) {
                keyNode.fault("unknown key '" + key + "' in " + what + "; expected one of " + String.join(", ", known));
            } else if (!seen.add(key)) {
                keyNode.fault("key '" + key + "' in " + what + ": given twice");
            } else {
                take.accept(key, at(entry.getValueNode()));
            }
        }
    }

    /** Hands out the values of a mapping from names of the user's choice. */
    void named(String what, Pattern names, String expected, BiConsumer<String, SettingsNode> take) {
        if (!(node instanceof MappingNode mapping)) {
            fault(what + "s: expected a mapping from names to " + what + "s");
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            SettingsNode keyNode = at(entry.getKeyNode());
            String name = keyNode.text(what + " name");
            if (!names.matcher(name).matches()) {
                keyNode.fault(what + " name='" + name + "': expected " + expected);
            } else if (!seen.add(name)) {
                keyNode.fault(what + " name='" + name + "': given twice");
            } else {
                take.accept(name, at(entry.getValueNode()));
            }
        }
    }

    /** A list of texts, or one text. */
    List<String> texts(String what) {
        if (node instanceof ScalarNode) {
            return List.of(text(what));
        }
        if (!(node instanceof SequenceNode sequence)) {
            fault(what + ": expected a list");
            return List.of();
        }
        return sequence.getValue().stream().map(item -> at(item).text(what)).toList();
    }

    String text(String what) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        fault(what + ": expected text");
        return "";
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean truth(String what) {
        String text = text(what);
        if (!text.equals("true") && !text.equals("false")) {
            fault(what + "='" + text + "': expected true or false");
        }
        return text.equals("true");
    }

    /** An absolute path of a file that can be read now. */
    Path readableFile(String what) {
        String text = text(what);
        Path file = Path.of(text);
        if (!file.isAbsolute() || !Files.isReadable(file) || Files.isDirectory(file)) {
            fault(what + "='" + text + "': expected the absolute path of a file that the worker can read");
        }
        return file;
    }

    /** What is in a file, without the line break at its end. */
    Secret secret(String what) {
        int before = faultCount();
        Path file = readableFile(what);
        if (faultCount() == before) {
            try {
                String text = Files.readString(file).strip();
                if (!text.isEmpty()) {
                    return new Secret(text.getBytes(UTF_8));
                }
                fault(what + "='" + file + "': is empty; expected the secret in it");
            } catch (IOException e) {
                fault(what + "='" + file + "': cannot be read: " + e.getMessage());
            }
        }
        return new Secret(new byte[0]);
    }

    /** A whole number in the range; {@code least}, with a fault, if it is none. */
    int number(String what, int least, int most) {
        String text = text(what);
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        fault(what + "='" + text + "': expected " + least + " to " + most);
        return least;
    }

    /** More than nothing; a second, with a fault, if it is no duration. */
    Duration duration(String what) {
        String text = text(what);
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            fault(what + "='" + text + "': expected a number with ms, s, m, h or d, such as 10s");
            return Duration.ofSeconds(1);
        }
        long number = Long.parseLong(form.group(1));
        if (number == 0) {
            fault(what + "='" + text + "': expected more than 0");
            return Duration.ofSeconds(1);
        }
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Bytes, more than nothing; 1, with a fault, if it is no size. */
    long bytes(String what) {
        String text = text(what);
        Matcher form = SIZE.matcher(text);
        if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
            fault(what + "='" + text + "': expected a number with B, KiB, MiB or GiB, such as 64MiB");
            return 1;
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "B" -> number;
            case "KiB" -> number << 10;
            case "MiB" -> number << 20;
            default -> number << 30;
        };
    }

    private SettingsNode at(Node inner) {
        return new SettingsNode(source, inner, faults);
    }
}
