package io.weir.worker.qumulo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.qumulo.client.AttributeChange;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileChanges;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.schemas.marks.MarkName;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.files.ReservedPaths;
import io.weir.worker.files.VolumePath;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Where what is new is made before it is renamed to its place: a directory of the volume that no agent reports on and no rule
 * touches. Names end with the worker's, so that what its process was making when it died is known. Safe for all threads.
 */
final class Staging {
    private static final int PRIVATE = 0700;
    private static final Pattern MADE = Pattern.compile("made-[0-9a-f-]{36}");

    private final ClusterTree tree;
    private final FileChanges changes;
    private final String suffix;
    /** What could not be deleted when it should have been. */
    private final Set<String> left = ConcurrentHashMap.newKeySet();

    /**
     * @param changes what changes are made by
     * @param worker no other running worker's id
     */
    Staging(ClusterTree tree, FileChanges changes, String worker) {
        this.tree = tree;
        this.changes = changes;
        this.suffix = "." + URLEncoder.encode(worker, UTF_8);
    }

    /** Makes a directory of {@link ReservedPaths}, with those above it, and takes it away from others: they could forge marks. */
    void makePrivate(String directory) throws IOException {
        String parent = VolumePath.parent(directory);
        if (!parent.equals("/")) {
            makePrivate(parent);
        }
        Optional<FileAttributes> there = tree.look(directory);
        if (there.isPresent()) {
            ClusterTree.requireDirectory(directory, there.get());
            if ((there.get().mode() & ~PRIVATE) != 0) {
                takeAway(directory, there.get());
            }
            return;
        }
        FileRef above = tree.ref(parent);
        try {
            FileAttributes made = ClusterTree.once(
                    "make directory",
                    directory,
                    () -> changes.createDirectory(above, VolumePath.name(directory)),
                    () -> tree.look(directory));
            takeAway(directory, made);
        } catch (PosixException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    private void takeAway(String directory, FileAttributes made) throws IOException {
        ClusterTree.call(
                "set mode of", directory, () -> changes.setAttributes(made.ref(), new AttributeChange().mode(PRIVATE)));
    }

    /** Makes the directory, and deletes what this worker's process was making when it died: nobody reads it. */
    void prepare() throws IOException {
        makePrivate(ReservedPaths.STAGING);
        FileAttributes directory = tree.directory(ReservedPaths.STAGING);
        for (FileAttributes left : ClusterTree.call("list", ReservedPaths.STAGING, () -> tree.files()
                .list(directory.ref())
                .rest())) {
            if (isOwn(left.name())) {
                discard(left.name());
            }
        }
    }

    private boolean isOwn(String name) {
        if (!name.endsWith(suffix)) {
            return false;
        }
        String what = name.substring(0, name.length() - suffix.length());
        return MADE.matcher(what).matches() || MarkName.parse(what).isPresent();
    }

    /** A name that nothing else is made under. */
    String freshName() {
        return "made-" + UUID.randomUUID() + suffix;
    }

    /** The name that a mark is made under. */
    String nameOf(String mark) {
        return mark + suffix;
    }

    /** Makes an empty file, or takes the one that an attempt before has left under this name. */
    FileAttributes file(String name) throws IOException {
        return make(name, directory -> changes.createFile(directory, name));
    }

    /** Makes a directory. */
    FileAttributes directory(String name) throws IOException {
        return make(name, directory -> changes.createDirectory(directory, name));
    }

    private interface Maker {
        FileAttributes make(FileRef directory) throws QumuloException;
    }

    private FileAttributes make(String name, Maker maker) throws IOException {
        left.remove(name);
        discardLeft();
        String path = path(name);
        FileRef directory = tree.ref(ReservedPaths.STAGING);
        try {
            return ClusterTree.once("make", path, () -> maker.make(directory), () -> tree.look(path));
        } catch (PosixException e) {
            if (e.errno() == Errno.EEXIST) {
                return tree.look(path).orElseThrow(() -> e);
            }
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        makePrivate(ReservedPaths.STAGING); // Somebody has deleted it.
        return ClusterTree.once("make", path, () -> maker.make(directory), () -> tree.look(path));
    }

    /**
     * Renames what was made to its place.
     *
     * @param made under the name
     * @param target the directory of the place
     * @param clobber whether a file that is there is replaced
     * @throws PosixException EEXIST if there is one and it is not
     */
    FileAttributes place(String name, FileAttributes made, FileRef target, String to, boolean clobber)
            throws IOException {
        String source = tree.onCluster(path(name));
        String last = tree.name(to);
        return ClusterTree.once(
                "put in place", to, () -> changes.rename(source, target, last, clobber), () -> tree.look(to)
                        .filter(there -> there.id().equals(made.id())));
    }

    /** Deletes what was made; if that is not possible now, before something else is made. */
    void discard(String name) {
        if (!isDiscarded(name)) {
            left.add(name);
        }
    }

    private boolean isDiscarded(String name) {
        try {
            changes.delete(tree.ref(path(name)));
            return true;
        } catch (QumuloException e) {
            return e.reason() == Reason.NOT_THERE;
        } catch (IOException | RuntimeException e) {
            return false; // Who called has a failure of its own to tell.
        }
    }

    /** Deletes it later: the cluster does nothing at present. */
    void discardLater(String name) {
        left.add(name);
    }

    private void discardLeft() {
        left.removeIf(this::isDiscarded);
    }

    private static String path(String name) {
        return VolumePath.child(ReservedPaths.STAGING, name);
    }

    /** What is made in a step, given its name and the empty file or directory there. */
    interface Filling {
        FileAttributes fill(FileAttributes empty) throws IOException, InterruptedException;
    }

    /** Makes a file complete and puts it at a path where nothing is; nothing is left of it if that fails. */
    FileAttributes file(String to, Filling filling) throws IOException, InterruptedException {
        String name = freshName();
        return filled(name, file(name), to, filling);
    }

    /** Likewise a directory. */
    FileAttributes directory(String to, Filling filling) throws IOException, InterruptedException {
        String name = freshName();
        return filled(name, directory(name), to, filling);
    }

    private FileAttributes filled(String name, FileAttributes empty, String to, Filling filling)
            throws IOException, InterruptedException {
        try {
            FileAttributes made = filling.fill(empty);
            FileRef target = tree.directory(VolumePath.parent(to)).ref(); // No link on the way leads elsewhere.
            return place(name, made, target, to, false);
        } catch (UnableToWorkException e) {
            discardLater(name);
            throw e;
        } catch (IOException | InterruptedException | RuntimeException e) {
            discard(name);
            throw e;
        }
    }
}
