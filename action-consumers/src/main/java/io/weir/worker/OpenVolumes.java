package io.weir.worker;

import io.weir.qumulo.client.rest.Trust;
import io.weir.worker.qumulo.ClusterClients;
import io.weir.worker.qumulo.ClusterVolume;
import io.weir.worker.qumulo.Heartbeat;
import io.weir.worker.run.ActionRunner;
import io.weir.worker.run.MarkFolder;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's volumes, mounted and on clusters, with what is held open for them. */
final class OpenVolumes implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenVolumes.class);

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
                warn(onCluster);
                runner.serve(clusters.files(onCluster), marks(onCluster));
            } else {
                throw new IllegalArgumentException("volume '" + volume.volume() + "' of kind '" + volume.kind() + "'");
            }
        }
    }

    private static void warn(ClusterVolume volume) {
        if (volume.access().credentials().isExposed()) {
            LOG.atWarn()
                    .addKeyValue("volume", volume.volume())
                    .addKeyValue("file", volume.access().credentials().file())
                    .log("others can read the file with the cluster's secret; chmod 600 it");
        }
        if (volume.access().trust() instanceof Trust.Anything) {
            LOG.atWarn()
                    .addKeyValue("volume", volume.volume())
                    .log(
                            "any certificate is taken for the cluster's: whoever can divert the connection gets the secret");
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
