package io.weir.worker;

import io.weir.schemas.connect.KafkaConnection;
import io.weir.worker.settings.WorkerSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * What a worker is and serves.
 *
 * @param id names the worker in marks, results and its consumer groups; two running workers never share one
 * @param host the host that it runs on
 * @param dataDirectory the worker's own: ledger and lock
 * @param volumes that it serves; it also takes actions that need no volume
 * @param connection Kafka and the registry
 * @param settings what it allows
 */
public record WorkerConfig(
        String id,
        String host,
        Path dataDirectory,
        List<? extends WorkerVolume> volumes,
        KafkaConnection connection,
        WorkerSettings settings) {
    public WorkerConfig {
        if (id.isBlank()) {
            throw new IllegalArgumentException("worker id='': expected a name that no other running worker has");
        }
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        volumes = List.copyOf(volumes);
        long distinct = volumes.stream().map(WorkerVolume::volume).distinct().count();
        if (distinct != volumes.size()) {
            throw new IllegalArgumentException("worker '" + id + "' volumes='"
                    + volumes.stream().map(WorkerVolume::volume).toList() + "': expected each volume once");
        }
    }
}
