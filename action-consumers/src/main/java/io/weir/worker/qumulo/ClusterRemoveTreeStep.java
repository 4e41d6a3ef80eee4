package io.weir.worker.qumulo;

import io.weir.posix.Errno;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.files.VolumePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Removes a file, or a directory with all below it, whatever comes into it meanwhile. Entry by entry, and not by the cluster's
 * own job for trees: that one needs a privilege that goes past all permissions, and goes on when the step has ended. What is
 * gone already is no failure.
 */
final class ClusterRemoveTreeStep extends ClusterStep {
    /** Deeper than any path can name at once. */
    private static final int MOST_DEEP = 500;

    private final String path;
    private final String fileId;

    ClusterRemoveTreeStep(ClusterTree tree, String path, String fileId) {
        super(tree);
        this.path = path;
        this.fileId = fileId;
    }

    @Override
    public Effect effect() {
        return new Effect.Delete(path, fileId);
    }

    @Override
    Optional<Applied> carryOut() throws ActionException, IOException {
        Optional<FileAttributes> found = tree.look(path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!found.get().id().equals(fileId)) {
            throw gone(path, fileId, "removed");
        }
        remove(path, found.get(), 0);
        return Optional.of(new Applied(effect()));
    }

    private void remove(String at, FileAttributes entry, int depth) throws ActionException, IOException {
        if (depth > MOST_DEEP) {
            throw ActionException.failed("path='" + PathText.display(path) + "' has directories more than " + MOST_DEEP
                    + " deep; remove those by hand");
        }
        if (entry.isDirectory()) {
            empty(at, entry, depth);
        }
        try {
            ClusterRemoveStep.remove(tree, at, entry.id());
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private void empty(String at, FileAttributes directory, int depth) throws ActionException, IOException {
        for (List<FileAttributes> page = page(at, directory); !page.isEmpty(); page = page(at, directory)) {
            for (FileAttributes entry : page) {
                remove(VolumePath.child(at, entry.name()), entry, depth + 1);
            }
        }
    }

    /** What is in it now, or the beginning of that; nothing if it has gone. */
    private List<FileAttributes> page(String at, FileAttributes directory) throws IOException {
        try {
            var pages = tree.files().list(directory.ref());
            Optional<List<FileAttributes>> page = pages.next();
            while (page.isPresent() && page.get().isEmpty()) {
                page = pages.next();
            }
            return page.orElse(List.of());
        } catch (QumuloException e) {
            if (ClusterErrors.isAbsence(e)) {
                return List.of();
            }
            throw ClusterErrors.of(e, "list", at);
        }
    }
}
