package io.weir.worker.qumulo;

import io.weir.posix.Errno;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.qumulo.client.FileAttributes;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes one file (of one with several names, this name) or empty directory, checked by file id just before. */
final class ClusterRemoveStep extends ClusterStep {
    private final String path;
    private final String fileId;

    ClusterRemoveStep(ClusterTree tree, String path, String fileId) {
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
        try {
            remove(tree, path, fileId);
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            if (e.errno() == Errno.ENOTEMPTY) {
                throw ActionException.failed(
                        "directory='" + PathText.display(path) + "' is not empty; nothing was removed");
            }
            throw e;
        }
        return Optional.of(new Applied(effect(), before(found.get()), null));
    }

    /** Removes what is at a path, which was this file a moment ago. */
    static void remove(ClusterTree tree, String path, String fileId) throws IOException {
        var ref = tree.ref(path);
        ClusterTree.once(
                "delete",
                path,
                () -> {
                    tree.changes().delete(ref);
                    return true;
                },
                () -> tree.has(path, fileId) ? Optional.empty() : Optional.of(true));
    }

    /** What it was; its content is gone. */
    private Map<String, String> before(FileAttributes found) {
        Entry entry = ClusterEntry.of(path, found);
        Map<String, String> before = entry.values(List.of("mode", "uid", "gid"));
        before.put("kind", entry.kind());
        before.put("size", Long.toString(found.size()));
        before.put("mtime", Long.toString(entry.mtimeNanos()));
        return before;
    }
}
