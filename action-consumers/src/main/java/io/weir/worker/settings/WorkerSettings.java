package io.weir.worker.settings;

import io.weir.worker.qumulo.ClusterVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker allows, from a file on its own host, never from Kafka: a rule is power over files.
 *
 * @param actions action types permitted; empty: all
 * @param files what actions may do to files
 * @param threads actions at a time, on different files
 * @param programs what exec may run, by name
 * @param webhooks where webhooks may go
 * @param mail how mail is sent; empty: not at all
 * @param volumes those that it serves by their clusters' REST API
 */
public record WorkerSettings(
        Setting<Optional<Set<String>>> actions,
        FilePolicy files,
        Setting<Integer> threads,
        Map<String, Program> programs,
        WebhookPolicy webhooks,
        Optional<MailServer> mail,
        List<ClusterVolume> volumes) {
    public static final int DEFAULT_THREADS = 16;

    public WorkerSettings {
        actions = new Setting<>(actions.value().map(Set::copyOf), actions.place());
        programs = Map.copyOf(programs);
        volumes = List.copyOf(volumes);
    }

    /** All actions on all files, no special mode bits, no programs, no messages. */
    public static WorkerSettings defaults() {
        return new WorkerSettings(
                Setting.byDefault(Optional.empty()),
                FilePolicy.DEFAULT,
                Setting.byDefault(DEFAULT_THREADS),
                Map.of(),
                WebhookPolicy.DEFAULT,
                Optional.empty(),
                List.of());
    }

    /** These, and a program more. */
    public WorkerSettings with(Program program) {
        Map<String, Program> more = new HashMap<>(programs);
        more.put(program.name(), program);
        return new WorkerSettings(actions, files, threads, more, webhooks, mail, volumes);
    }

    /** These, with so many actions at a time. */
    public WorkerSettings withThreads(int count) {
        return new WorkerSettings(actions, files, Setting.byDefault(count), programs, webhooks, mail, volumes);
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
     * @param source named in faults and refusals
     * @throws SettingsException with all its faults
     */
    public static WorkerSettings parse(String text, String source) throws SettingsException {
        return parse(text, source, HostTools.ofThisHost());
    }

    static WorkerSettings parse(String text, String source, HostTools host) throws SettingsException {
        return new SettingsReader(source, host).read(text);
    }

    /** All of it, in the form of the file, each line with the place that set it. */
    public List<String> inWords() {
        return PolicyText.of(this);
    }

    /** Why an action type is refused; empty if it is permitted. */
    public Optional<String> refusal(String action) {
        if (actions.value().map(permitted -> permitted.contains(action)).orElse(true)) {
            return Optional.empty();
        }
        return Optional.of("action '" + action + "' is not among 'actions' (" + actions.place()
                + "); change the worker's settings, or the rule");
    }
}
