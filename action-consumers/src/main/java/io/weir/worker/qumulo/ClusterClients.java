package io.weir.worker.qumulo;

import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.worker.VolumeFiles;
import io.weir.worker.run.MarkFolder;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A worker's connections to clusters: volumes with the same access share one. For one thread, but {@link #close}. */
public final class ClusterClients implements Closeable {
    private final String worker;
    private final Heartbeat heartbeat;
    private final Map<ClusterAccess, QumuloClient> clients = new HashMap<>();

    /**
     * @param worker no other running worker's id
     * @param heartbeat without which nothing is changed
     */
    public ClusterClients(String worker, Heartbeat heartbeat) {
        this.worker = worker;
        this.heartbeat = heartbeat;
    }

    /** The files of a volume; its cluster is not asked yet. */
    public VolumeFiles files(ClusterVolume volume) throws QumuloException {
        return new ClusterFiles(volume, client(volume.access()), worker, heartbeat);
    }

    /** Where its marks go; made if it is not there. */
    public MarkFolder marks(ClusterVolume volume) throws IOException {
        return new ClusterMarkFolder(volume, client(volume.access()), worker, heartbeat);
    }

    private QumuloClient client(ClusterAccess access) throws QumuloException {
        QumuloClient there = clients.get(access);
        if (there == null) {
            there = new QumuloClient(access);
            clients.put(access, there);
        }
        return there;
    }

    @Override
    public void close() {
        clients.values().forEach(QumuloClient::close);
    }
}
