package io.weir.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker allows, from a file on its own host, never from Kafka: a rule is power over files.
 *
 * @param actions action types permitted; empty: all
 * @param specialModes whether chmod may set the setuid, setgid and sticky bits
 * @param threads actions at a time, on different files
 * @param programs what exec may run, by name
 */
public record WorkerSettings(
        Optional<Set<String>> actions, boolean specialModes, int threads, Map<String, Program> programs) {
    public static final int DEFAULT_THREADS = 16;

    public WorkerSettings {
        actions = actions.map(Set::copyOf);
        programs = Map.copyOf(programs);
    }

    /** All actions, no special mode bits, no programs. */
    public static WorkerSettings defaults() {
        return new WorkerSettings(Optional.empty(), false, DEFAULT_THREADS, Map.of());
    }

    /**
     * Reads a settings file; docs/actions.md has its form.
     *
     * @throws SettingsException with all its faults
     * @throws IOException if it cannot be read
     */
    public static WorkerSettings load(Path file) throws SettingsException, IOException {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new IOException("worker settings file='" + file + "' does not exist", e);
        }
    }

    /**
     * Reads settings from text.
     *
     * @param source named in faults
     * @throws SettingsException with all its faults
     */
    public static WorkerSettings parse(String text, String source) throws SettingsException {
        return new SettingsReader(source).read(text);
    }

    /** Whether an action type is permitted. */
    public boolean permits(String action) {
        return actions.map(permitted -> permitted.contains(action)).orElse(true);
    }
}
