package io.weir.qumulo.emulator.fault;

import io.weir.qumulo.emulator.settings.EmulatorClock;
import io.weir.qumulo.emulator.settings.Switches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Faults and settings by plan: a list of steps in YAML, each with {@code after} (once) or {@code every} (again and again), and
 * {@code fault} (with {@code times}, where it has a count) or {@code set}. Steps do not wait for each other; all count from
 * the start of the script.
 */
public final class Script {
    private static final String FORM =
            "expected after or every (such as 1000 events, 3 requests, 2 streams, 5s), and fault"
                    + " (with times) or set";

    private final List<Step> steps;

    private Script(List<Step> steps) {
        this.steps = steps;
    }

    /** @param label what it is, for people */
    record Step(Trigger trigger, String label, Effect effect) {}

    /** What a step does. */
    interface Effect {
        void happen(Faults faults, Switches switches, EmulatorClock clock);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is not a script, with the number of the step
     */
    public static Script read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("script file='" + file + "': " + e.getMessage(), e);
        }
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is not a script, with the number of the step
     */
    public static Script parse(String yaml) {
        Object document;
        try {
            // All scalars as text: each key knows what it wants.
            document = new Load(LoadSettings.builder()
                            .setSchema(new FailsafeSchema())
                            .build())
                    .loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
        }
        if (!(document instanceof List<?> list)) {
            throw new IllegalArgumentException("expected a list of steps");
        }
        var steps = new ArrayList<Step>();
        for (Object entry : list) {
            try {
                steps.add(step(entry));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("step " + (steps.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return new Script(steps);
    }

    List<Step> steps() {
        return steps;
    }

    private static Step step(Object entry) {
        if (!(entry instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(FORM);
        }
        for (Object key : map.keySet()) {
            if (!List.of("after", "every", "fault", "times", "set").contains(String.valueOf(key))) {
                throw new IllegalArgumentException("unknown key '" + key + "': " + FORM);
            }
        }
        if (map.containsKey("after") == map.containsKey("every")
                || map.containsKey("fault") == map.containsKey("set")
                || (map.containsKey("times") && !map.containsKey("fault"))) {
            throw new IllegalArgumentException(FORM);
        }
        boolean repeated = map.containsKey("every");
        Trigger trigger = Trigger.parse(String.valueOf(map.get(repeated ? "every" : "after")), repeated);
        return map.containsKey("fault") ? fault(trigger, map) : settings(trigger, map.get("set"));
    }

    private static Step fault(Trigger trigger, Map<?, ?> map) {
        String name = String.valueOf(map.get("fault"));
        FaultKind kind = FaultKind.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown fault '" + name + "'; expected one of " + String.join(", ", FaultKind.scriptNames())));
        int times = map.containsKey("times") ? times(String.valueOf(map.get("times"))) : 1;
        return new Step(trigger, name, (faults, switches, clock) -> kind.happen(faults, times));
    }

    private static int times(String text) {
        try {
            int times = Integer.parseInt(text);
            if (times > 0) {
                return times;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is too small.
        }
        throw new IllegalArgumentException("times '" + text + "': expected a whole number above 0");
    }

    private static Step settings(Trigger trigger, @Nullable Object set) {
        if (!(set instanceof Map<?, ?> map) || map.isEmpty()) {
            throw new IllegalArgumentException("set: expected switches and their values");
        }
        var effects = new ArrayList<Effect>();
        map.forEach((key, value) -> {
            String text = String.valueOf(value);
            SwitchNames.Setter setter = SwitchNames.checked(String.valueOf(key), text);
            effects.add((faults, switches, clock) -> setter.set(switches, clock, text));
        });
        return new Step(
                trigger,
                "set " + map,
                (faults, switches, clock) -> effects.forEach(effect -> effect.happen(faults, switches, clock)));
    }
}
