package io.weir.worker.qumulo;

import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileChanges;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.rest.Content;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.files.VolumePath;
import io.weir.worker.run.MarkFolder;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A directory on the volume itself: marks come in the notification stream's own order with the changes that they are about.
 * They are made in the staging directory and renamed here, so the agent sees each once, complete. Written without regard to the
 * heartbeat: a mark changes no file of anybody's, and an end mark is always right.
 */
public final class ClusterMarkFolder implements MarkFolder {
    private final ClusterTree tree;
    private final Staging staging;
    private final String directory;

    /**
     * Makes the directories if they are not there, and deletes what this worker's process was making when it died.
     *
     * @param worker no other running worker's id
     * @throws IOException if the cluster refuses or does not answer
     */
    public ClusterMarkFolder(ClusterVolume config, QumuloClient client, String worker, Heartbeat heartbeat)
            throws IOException {
        this.tree = new ClusterTree(config.volume(), client, config.root(), heartbeat);
        this.staging = new Staging(tree, client.changes(), worker);
        this.directory = config.marks();
        try {
            staging.makePrivate(directory);
            staging.prepare();
        } catch (UnableToWorkException e) {
            throw new IOException("volume '" + config.volume() + "': " + e.getMessage(), e);
        }
    }

    private String path(String name) {
        return VolumePath.child(directory, name);
    }

    @Override
    public List<String> names() throws IOException {
        FileRef marks = tree.ref(directory);
        return tree.files().list(marks).rest().stream()
                .map(FileAttributes::name)
                .toList();
    }

    /** @throws UnableToWorkException if the cluster does not answer */
    @Override
    public boolean has(String name) {
        try {
            return tree.look(path(name)).isPresent();
        } catch (IOException e) {
            throw new UnableToWorkException("mark '" + name + "' in '" + this + "': " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        try (InputStream data = tree.files().data(tree.ref(path(name)))) {
            return Optional.of(data.readAllBytes());
        } catch (QumuloException e) {
            if (ClusterErrors.isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        put(name, content, true);
    }

    @Override
    public void putNew(String name, byte[] content) throws IOException {
        put(name, content, false);
    }

    private void put(String name, byte[] content, boolean clobber) throws IOException {
        String staged = staging.nameOf(name);
        try {
            FileAttributes file = staging.file(staged);
            ClusterTree.call("write mark", path(name), () -> {
                changes().write(file.ref(), Content.of(content));
                return file;
            });
            staging.place(staged, file, tree.ref(directory), path(name), clobber);
        } catch (UnableToWorkException e) {
            staging.discardLater(staged);
            throw new IOException(e.getMessage(), e); // It is owed, or nothing is touched without it.
        } catch (IOException e) {
            staging.discard(staged);
            throw e;
        }
    }

    private FileChanges changes() {
        return tree.client().changes();
    }

    @Override
    public String toString() {
        return tree.client().endpoints().get(0) + tree.located(directory);
    }
}
