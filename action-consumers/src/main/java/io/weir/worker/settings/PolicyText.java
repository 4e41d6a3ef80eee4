package io.weir.worker.settings;

import io.weir.worker.qumulo.ClusterVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Settings as people read them: in the form of the file, each line with the place that set it. */
final class PolicyText {
    private final List<String> lines = new ArrayList<>();

    private PolicyText() {}

    static List<String> of(WorkerSettings settings) {
        PolicyText text = new PolicyText();
        text.names("actions", settings.actions());
        text.volumes(settings.volumes());
        text.roots(settings.files());
        text.line("special-modes", settings.files().specialModes());
        text.names("owners", settings.files().owners());
        text.names("groups", settings.files().groups());
        text.line("hard-links", settings.files().hardLinks());
        text.line("threads", settings.threads());
        text.programs(settings.programs());
        text.webhooks(settings.webhooks());
        text.mail(settings.mail());
        return List.copyOf(text.lines);
    }

    private void names(String key, Setting<Optional<Set<String>>> names) {
        String value = names.value().map(set -> new TreeSet<>(set).toString()).orElse("all");
        line(key, new Setting<>(value, names.place()));
    }

    private void volumes(List<ClusterVolume> volumes) {
        lines.add(volumes.isEmpty() ? "volumes: {}" : "volumes:");
        volumes.forEach(volume -> lines.add("  " + volume.volume() + ": {cluster: "
                + volume.access().endpoints() + ", credentials in: "
                + volume.access().credentials().file() + ", root: " + volume.root() + ", marks: " + volume.marks()
                + "}"));
    }

    private void roots(FilePolicy files) {
        FilePolicy.Roots roots = files.roots().value();
        if (roots.ofVolumes().isEmpty()) {
            line("roots", new Setting<>(roots.everywhere(), files.roots().place()));
            return;
        }
        lines.add("roots:");
        new TreeMap<>(roots.ofVolumes()).forEach((volume, paths) -> line("  " + volume, paths));
    }

    private void programs(Map<String, Program> programs) {
        lines.add(programs.isEmpty() ? "programs: {}" : "programs:");
        new TreeMap<>(programs)
                .forEach((name, program) -> lines.add(String.format(
                        Locale.ROOT,
                        "  %s: {command: %s, timeout: %dms, scope: %s}",
                        name,
                        program.command(),
                        program.timeout().toMillis(),
                        program.scope())));
    }

    private void webhooks(WebhookPolicy webhooks) {
        lines.add(webhooks.endpoints().isEmpty() ? "webhooks: {}" : "webhooks:");
        new TreeMap<>(webhooks.endpoints())
                .forEach((name, endpoint) ->
                        lines.add("  " + name + ": {url: " + endpoint.url().scheme() + "://"
                                + endpoint.url().host() + ":" + endpoint.url().port() + "/…}"));
        line("webhook-hosts", webhooks.hosts());
        line("webhook-networks", webhooks.networks());
    }

    private void mail(Optional<MailServer> mail) {
        if (mail.isEmpty()) {
            lines.add("mail: none");
            return;
        }
        lines.add("mail:");
        lines.add("  host: " + mail.get().host() + ":" + mail.get().port());
        lines.add("  from: " + mail.get().from());
        line("  domains", mail.get().domains());
    }

    private void line(String key, Setting<?> setting) {
        lines.add(String.format(Locale.ROOT, "%-40s # %s", key + ": " + setting.value(), setting.place()));
    }
}
