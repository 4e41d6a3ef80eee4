package io.weir.worker.qumulo;

import io.weir.posix.PosixException;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileKind;
import io.weir.qumulo.client.Pages;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles;
import io.weir.worker.files.ReadStep;
import io.weir.worker.files.VolumePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A volume on a Qumulo cluster, over its REST API. Safe for all threads. */
public final class ClusterFiles implements VolumeFiles {
    private static final int PAGE = 1000;

    private final ClusterVolume config;
    private final ClusterTree tree;
    private final Staging staging;

    /**
     * The cluster is not asked yet.
     *
     * @param client of the volume's cluster; two volumes with the same one can copy to each other
     * @param worker no other running worker's id
     * @param heartbeat without which nothing is changed
     */
    public ClusterFiles(ClusterVolume config, QumuloClient client, String worker, Heartbeat heartbeat) {
        this.config = config;
        this.tree = new ClusterTree(config.volume(), client, config.root(), heartbeat);
        this.staging = new Staging(tree, tree.changes(), worker);
    }

    @Override
    public String volume() {
        return config.volume();
    }

    @Override
    public Optional<Path> mountPoint() {
        return config.mount();
    }

    @Override
    public String location(String path) {
        return tree.client().endpoints().get(0) + tree.located(path);
    }

    @Override
    public void requireTouchable() {
        tree.heartbeat().require();
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
        return tree.look(path).map(found -> ClusterEntry.of(path, found));
    }

    @Override
    public List<Entry> list(String path, int most) throws IOException {
        FileAttributes directory = tree.directory(path);
        List<Entry> entries = new ArrayList<>();
        try {
            Pages<FileAttributes> pages = tree.files().list(directory.ref(), Math.min(most, PAGE));
            Optional<List<FileAttributes>> page = pages.next();
            while (page.isPresent() && entries.size() < most) {
                page.get().stream()
                        .limit(most - entries.size())
                        .map(found -> ClusterEntry.of(VolumePath.child(path, found.name()), found))
                        .forEach(entries::add);
                page = entries.size() < most ? pages.next() : Optional.empty();
            }
        } catch (QumuloException e) {
            throw ClusterErrors.of(e, "list", path);
        }
        return entries;
    }

    @Override
    public Step move(String from, String to, String fileId) {
        return new ClusterMoveStep(tree, from, to, fileId, null);
    }

    @Override
    public Step replace(String from, String to, String fileId, String replaced) {
        return new ClusterMoveStep(tree, from, to, fileId, replaced);
    }

    @Override
    public Step set(Entry file, Map<String, String> fields) {
        return new ClusterSetFieldsStep(tree, file, fields);
    }

    @Override
    public Step remove(String path, String fileId) {
        return new ClusterRemoveStep(tree, path, fileId);
    }

    @Override
    public Step removeTree(String path, String fileId) {
        return new ClusterRemoveTreeStep(tree, path, fileId);
    }

    @Override
    public Step read(String path, String fileId, @Nullable String note) {
        return new ReadStep(path, fileId, note);
    }

    @Override
    public Optional<String> copyRefusal(VolumeFiles from) {
        return from instanceof ClusterFiles originals && originals.tree.client() == tree.client()
                ? Optional.empty()
                : Optional.of("volume '" + volume() + "' takes copies only of what is on its own cluster, by the same"
                        + " settings of access, and volume '" + from.volume() + "' is not");
    }

    /** Who may use the API is known by privileges, and told by the cluster if they are missing. */
    @Override
    public boolean keepsOwners() {
        return true;
    }

    /** The API, as it is documented, does not tell where a link leads. */
    @Override
    public boolean copiesLinks() {
        return false;
    }

    @Override
    public Copies copies(VolumeFiles from, CopyOptions options) {
        if (from instanceof ClusterFiles originals && copyRefusal(from).isEmpty()) {
            return new ClusterCopies(originals.tree, tree, staging, options);
        }
        throw new UnsupportedOperationException(copyRefusal(from).orElse(""));
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public Step write(String path, Content content) {
        return new ClusterWriteFileStep(tree, staging, path, content);
    }

    @Override
    public Optional<Fingerprint> fingerprint(String path, String fileId, long mostBytes)
            throws IOException, InterruptedException {
        Optional<FileAttributes> found =
                tree.look(path).filter(there -> there.id().equals(fileId));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        FileAttributes file = found.get();
        boolean read = file.kind() == FileKind.FILE && file.size() <= mostBytes;
        return Optional.of(new Fingerprint(
                file.size(), read ? Optional.of(ClusterDigest.of(tree, path, file)) : Optional.empty()));
    }

    @Override
    public Step makeDirectory(String path, int mode) {
        return new ClusterMakeDirectoryStep(tree, staging, path, mode);
    }

    @Override
    public List<Step> makeParents(String path, int mode) throws IOException {
        Deque<Step> steps = new ArrayDeque<>();
        for (String dir = VolumePath.parent(path); !dir.equals("/"); dir = VolumePath.parent(dir)) {
            Optional<FileAttributes> there = tree.look(dir);
            if (there.isPresent()) {
                requireDirectory(dir, there.get());
                break;
            }
            steps.addFirst(new ClusterMakeDirectoryStep(tree, staging, dir, mode));
        }
        return List.copyOf(steps);
    }

    private static void requireDirectory(String path, FileAttributes found) throws PosixException {
        ClusterTree.requireDirectory(path, found);
    }
}
