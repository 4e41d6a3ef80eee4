package io.weir.worker.settings;

import io.weir.worker.qumulo.ClusterVolume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a worker's settings and collects all that is wrong with them. */
final class SettingsReader {
    private static final int MOST_THREADS = 1024;
    private static final List<String> KEYS = List.of(
            "actions",
            "volumes",
            "roots",
            "special-modes",
            "owners",
            "groups",
            "hard-links",
            "threads",
            "programs",
            "webhooks",
            "webhook-hosts",
            "webhook-networks",
            "mail");

    private final String source;
    private final HostTools host;
    private final List<String> faults = new ArrayList<>();

    private Setting<Optional<Set<String>>> actions = Setting.byDefault(Optional.empty());
    private FilePolicy files = FilePolicy.DEFAULT;
    private Setting<Integer> threads = Setting.byDefault(WorkerSettings.DEFAULT_THREADS);
    private final Map<String, Program> programs = new LinkedHashMap<>();
    private List<ClusterVolume> volumes = List.of();

    private WebhookPolicy webhooks = WebhookPolicy.DEFAULT;
    private @Nullable MailServer mail;

    SettingsReader(String source, HostTools host) {
        this.source = source;
        this.host = host;
    }

    WorkerSettings read(String text) throws SettingsException {
        compose(text).ifPresent(top -> top.entries("the settings", KEYS, this::take));
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return new WorkerSettings(actions, files, threads, programs, webhooks, Optional.ofNullable(mail), volumes);
    }

    private Optional<SettingsNode> compose(String text) {
        try {
            var settings = LoadSettings.builder().setLabel(source).build();
            return new Compose(settings).composeString(text).map(node -> new SettingsNode(source, node, faults));
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

    private void take(String key, SettingsNode value) {
        switch (key) {
            case "actions" -> actions = value.setting(Optional.of(new LinkedHashSet<>(value.texts(key))));
            case "volumes" -> volumes = VolumeReader.volumes(value);
            case "roots" -> files = files.withRoots(FilePolicyReader.roots(value));
            case "special-modes" -> files = files.withSpecialModes(value.setting(value.truth(key)));
            case "owners" -> files = files.withOwners(value.setting(Optional.of(Set.copyOf(value.texts(key)))));
            case "groups" -> files = files.withGroups(value.setting(Optional.of(Set.copyOf(value.texts(key)))));
            case "hard-links" -> files = files.withHardLinks(value.setting(value.truth(key)));
            case "threads" -> threads = value.setting(value.number(key, 1, MOST_THREADS));
            case "programs" -> programs.putAll(ProgramReader.programs(value, host));
            case "webhooks" -> webhooks = webhooks.withEndpoints(WebhookReader.endpoints(value));
            case "webhook-hosts" -> webhooks = webhooks.withHosts(value.setting(WebhookReader.hosts(value)));
            case "webhook-networks" -> webhooks = webhooks.withNetworks(value.setting(WebhookReader.networks(value)));
            default -> mail = MailReader.server(value).orElse(null);
        }
    }
}
