package io.weir.worker.files;

import io.weir.posix.Errno;
import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Removes one file or empty directory, checked by file id just before. */
final class RemoveStep implements Step {
    private final MountedFiles files;
    private final String path;
    private final String fileId;

    RemoveStep(MountedFiles files, String path, String fileId) {
        this.files = files;
        this.path = path;
        this.fileId = fileId;
    }

    @Override
    public Effect effect() {
        return new Effect.Delete(path, fileId);
    }

    @Override
    public Optional<Applied> run() throws ActionException, IOException {
        try (OpenPath root = files.openRoot();
                OpenPath parent = root.beneath(VolumePath.relative(VolumePath.parent(path)))) {
            FileStatus found = parent.status(VolumePath.name(path));
            if (!found.fileId().equals(fileId)) {
                throw ActionException.notTheSameFile("path='" + PathText.display(path) + "' no longer names the file "
                        + fileId + "; nothing was removed");
            }
            remove(parent, found);
            return Optional.of(new Applied(effect(), before(found), null));
        } catch (PosixException e) {
            if (MountedFiles.isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void remove(OpenPath parent, FileStatus found) throws ActionException, PosixException {
        try {
            parent.remove(VolumePath.name(path), found.isDirectory());
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOTEMPTY) {
                throw ActionException.failed(
                        "directory='" + PathText.display(path) + "' is not empty; nothing was removed");
            }
            throw e;
        }
    }

    /** What it was; its content is gone. */
    private Map<String, String> before(FileStatus found) {
        Entry entry = MountedFiles.entry(path, found);
        return Map.of(
                "kind", found.kind(),
                "size", Long.toString(found.size()),
                "mtime", Long.toString(found.mtime()),
                "mode", entry.field("mode"),
                "uid", entry.field("uid"),
                "gid", entry.field("gid"));
    }
}
