package io.weir.cli.up;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.agent.AgentConfig;
import io.weir.agent.inotify.InotifyAgent;
import io.weir.agent.inotify.InotifyAgentConfig;
import io.weir.agent.inotify.InotifySettings;
import io.weir.agent.inotify.WatchRoot;
import io.weir.agent.publish.KafkaOutlet;
import io.weir.cli.Version;
import io.weir.cli.instance.DataDirectory;
import io.weir.cli.instance.HostName;
import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.VolumeName;
import io.weir.worker.VolumeMount;
import io.weir.worker.WorkerApplication;
import io.weir.worker.WorkerConfig;
import io.weir.worker.WorkerVolume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/** Agent, filter and worker as {@code weir up} wires them: the same parts that run alone in production. */
final class Components {
    private static final Duration AGENT_CLOSE = Duration.ofSeconds(2);

    private final UpPlan plan;
    private final DataDirectory data;
    private final KafkaConnection connection;
    private final String host = HostName.local();
    private final String id;
    private final AgentConfig agentConfig;

    Components(UpPlan plan, DataDirectory data, KafkaConnection connection) {
        this.plan = plan;
        this.data = data;
        this.connection = connection;
        this.id = VolumeName.from(host) + "-" + fingerprint(data.path());
        this.agentConfig = AgentConfig.of(id, host, data.directory("agent"))
                .withVersion(Version.number())
                .withCloseTimeout(AGENT_CLOSE);
    }

    InotifyAgent agent() {
        List<WatchRoot> roots = plan.directories().stream()
                .map(watched -> WatchRoot.ofVolume(watched.volume(), watched.directory(), watched.recursive()))
                .toList();
        return InotifyAgent.open(
                new InotifyAgentConfig(
                        agentConfig, roots, Set.of(data.path()), InotifySettings.NOTHING, plan.polling(), List.of()),
                new KafkaOutlet(connection, id));
    }

    FilterApplication filter() {
        return new FilterApplication(
                FilterConfig.of(connection, data.directory("filter")).withId(id));
    }

    WorkerApplication worker() {
        List<WorkerVolume> volumes = new ArrayList<>(plan.worker().volumes());
        plan.directories()
                .forEach(watched ->
                        volumes.add(new VolumeMount(watched.volume(), watched.directory(), marks(watched.volume()))));
        return new WorkerApplication(
                new WorkerConfig(id, host, data.directory("worker"), volumes, connection, plan.worker()));
    }

    private Path marks(String volume) {
        return agentConfig.marksDirectory(volume).orElseThrow();
    }

    /** Tells instances on one host apart, and stays the same over restarts. */
    private static String fingerprint(Path directory) {
        CRC32 crc = new CRC32();
        crc.update(directory.toString().getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
