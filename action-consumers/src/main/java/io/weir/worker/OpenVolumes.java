package io.weir.worker;

import io.weir.worker.qumulo.ClusterClients;
import io.weir.worker.qumulo.ClusterVolume;
import io.weir.worker.qumulo.Heartbeat;
import io.weir.worker.run.ActionRunner;
import io.weir.worker.run.MarkFolder;
import java.io.Closeable;
import java.io.IOException;

/** A worker's volumes, mounted and on clusters, with what is held open for them. */
final class OpenVolumes implements Closeable {
    private final WorkerConfig config;
    private final boolean dryRun;
    private final ClusterClients clusters;

    /** @param heartbeat without which nothing is changed on clusters */
    OpenVolumes(WorkerConfig config, Heartbeat heartbeat, boolean dryRun) {
        this.config = config;
        this.dryRun = dryRun;
        this.clusters = new ClusterClients(config.id(), heartbeat);
    }

    /**
     * Lets a runner serve all of them.
     *
     * @throws IOException if marks cannot be made or read, or a cluster refuses or does not answer
     */
    void serveBy(ActionRunner runner) throws IOException {
        for (WorkerVolume volume : config.volumes()) {
            if (volume instanceof VolumeMount mount) {
                runner.serve(mount);
            } else if (volume instanceof ClusterVolume onCluster) {
                runner.serve(clusters.files(onCluster), marks(onCluster));
            } else {
                throw new IllegalArgumentException("volume '" + volume.volume() + "' of kind '" + volume.kind() + "'");
            }
        }
    }

    /** A dry run leaves nothing on a cluster, not even the directory for marks. */
    private MarkFolder marks(ClusterVolume volume) throws IOException {
        return dryRun
                ? MarkFolder.onHost(config.dataDirectory().resolve("marks").resolve(volume.volume()), config.id())
                : clusters.marks(volume);
    }

    @Override
    public void close() {
        clusters.close();
    }
}
