package io.weir.worker.qumulo;

import io.weir.posix.Errno;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileChanges;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.FileView;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.files.VolumePath;
import java.io.IOException;
import java.util.Optional;

/** A volume's tree on its cluster, by paths of the volume: what all steps share. Safe for all threads. */
final class ClusterTree {
    private final String volume;
    private final QumuloClient client;
    private final String root;
    private final FileChanges changes;
    private final Heartbeat heartbeat;

    /** @param root the volume's root on the cluster, absolute, without a slash at its end but for {@code /} */
    ClusterTree(String volume, QumuloClient client, String root, Heartbeat heartbeat) {
        this.volume = volume;
        this.client = client;
        this.root = root;
        this.heartbeat = heartbeat;
        this.changes = client.changes(heartbeat::require);
    }

    String volume() {
        return volume;
    }

    /** Two trees with one client are on one cluster. */
    QumuloClient client() {
        return client;
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    FileView files() {
        return client.files();
    }

    /** Changes that are sent only while the worker is known to live. */
    FileChanges changes() {
        return changes;
    }

    /** A path on the cluster. */
    String onCluster(String path) throws PosixException {
        if (!PathText.isValidUnicode(path)) {
            throw new PosixException(Errno.EINVAL, "name on a cluster, whose API takes only UTF-8,", path);
        }
        return located(path);
    }

    /** The last name of a path, as calls take it. */
    String name(String path) throws PosixException {
        return VolumePath.name(onCluster(path));
    }

    /** A path on the cluster, for comparisons. */
    String located(String path) {
        if (root.equals("/")) {
            return path;
        }
        return path.equals("/") ? root : root + path;
    }

    FileRef ref(String path) throws PosixException {
        return FileRef.path(onCluster(path));
    }

    /** A call that may fail. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws QumuloException;
    }

    /**
     * Makes a call about a path.
     *
     * @throws IOException as {@link ClusterErrors#of} has it
     */
    static <T> T call(String what, String path, Call<T> call) throws IOException {
        try {
            return call.make();
        } catch (QumuloException e) {
            throw ClusterErrors.of(e, what, path);
        }
    }

    /** Looks whether a call was carried out, and what it then gave. */
    @FunctionalInterface
    interface Look<T> {
        Optional<T> result() throws IOException;
    }

    /**
     * Makes a call that must happen once. If its answer is lost, looks.
     *
     * @throws IOException also if it was lost and was not carried out
     */
    static <T> T once(String what, String path, Call<T> call, Look<T> look) throws IOException {
        try {
            return call.make();
        } catch (QumuloException e) {
            if (!e.mayHaveBeenCarriedOut()) {
                throw ClusterErrors.of(e, what, path);
            }
            return look.result()
                    .orElseThrow(() -> new IOException(
                            what + " '" + PathText.display(path)
                                    + "': the answer was lost, and the cluster has not done it: " + e.getMessage(),
                            e));
        }
    }

    /** What is at a path; empty if nothing is, or if the way to it is no chain of directories. */
    Optional<FileAttributes> look(String path) throws IOException {
        if (!PathText.isValidUnicode(path)) {
            return Optional.empty();
        }
        try {
            FileAttributes found = files().attributes(ref(path));
            return isAt(found, path) ? Optional.of(found) : Optional.empty();
        } catch (QumuloException e) {
            if (!ClusterErrors.isAbsence(e)) {
                throw ClusterErrors.of(e, "look at", path);
            }
            requireRoot();
            return Optional.empty();
        }
    }

    /** Whether it bears this very path: one with several names may be told by another. */
    private boolean isAt(FileAttributes found, String path) throws QumuloException, PosixException {
        if (found.path().equals(onCluster(path))) {
            return true;
        }
        if (found.isDirectory() || found.linkCount() < 2) {
            return false;
        }
        String parent = VolumePath.parent(path);
        return files().attributes(ref(parent)).path().equals(onCluster(parent));
    }

    /** What a file is now, wherever it is; empty if it has gone. */
    Optional<FileAttributes> lookById(String id) throws IOException {
        return call("look at file", id, () -> files().find(FileRef.id(id)));
    }

    /**
     * The directory at a path.
     *
     * @throws PosixException ENOENT or ENOTDIR if there is none
     */
    FileAttributes directory(String path) throws IOException {
        FileAttributes found =
                look(path).orElseThrow(() -> new PosixException(Errno.ENOENT, "look at directory", path));
        requireDirectory(path, found);
        return found;
    }

    static void requireDirectory(String path, FileAttributes found) throws PosixException {
        if (!found.isDirectory()) {
            throw new PosixException(Errno.ENOTDIR, "look at directory", path);
        }
    }

    /** The root must be there: a volume whose root is missing is no empty volume. */
    private void requireRoot() throws IOException {
        Optional<FileAttributes> top =
                root.equals("/") ? Optional.empty() : call("look at", root, () -> files().find(FileRef.path(root)));
        if (!root.equals("/") && top.filter(FileAttributes::isDirectory).isEmpty()) {
            throw new UnableToWorkException(
                    "volume '" + volume + "' root='" + root
                            + "' is no directory on the cluster; make it, or mend 'root' in"
                            + " the worker's configuration",
                    null);
        }
    }

    boolean has(String path, String fileId) throws IOException {
        return look(path).filter(found -> found.id().equals(fileId)).isPresent();
    }
}
