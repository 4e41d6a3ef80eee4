package io.weir.worker.files;

import io.weir.posix.Errno;
import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import java.io.IOException;
import java.util.Optional;

/** Moves one entry, checked by file id before and after. */
final class MoveStep implements Step {
    private final MountedFiles files;
    private final String from;
    private final String to;
    private final String fileId;

    MoveStep(MountedFiles files, String from, String to, String fileId) {
        this.files = files;
        this.from = from;
        this.to = to;
        this.fileId = fileId;
    }

    @Override
    public Effect effect() {
        return new Effect.Move(from, to, fileId);
    }

    @Override
    public Optional<Applied> run() throws ActionException, IOException {
        try (OpenPath root = files.openRoot()) {
            if (!is(MountedFiles.look(root, from))) {
                if (is(MountedFiles.look(root, to))) {
                    return Optional.empty();
                }
                throw gone();
            }
            try (OpenPath source = root.beneath(VolumePath.relative(VolumePath.parent(from)));
                    OpenPath target = root.beneath(VolumePath.relative(VolumePath.parent(to)))) {
                move(source, target);
            }
            return Optional.of(new Applied(effect()));
        }
    }

    private void move(OpenPath source, OpenPath target) throws ActionException, PosixException {
        String name = VolumePath.name(from);
        String newName = VolumePath.name(to);
        try {
            source.move(name, target, newName);
        } catch (PosixException e) {
            throw explained(e);
        }
        Optional<FileStatus> moved = status(target, newName);
        if (moved.isPresent() && !is(moved)) {
            target.move(newName, source, name);
            throw gone();
        }
    }

    private static Optional<FileStatus> status(OpenPath directory, String name) throws PosixException {
        try {
            return Optional.of(directory.status(name));
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty(); // Moved on by somebody else already; what we moved cannot be told any more.
            }
            throw e;
        }
    }

    private ActionException explained(PosixException e) throws PosixException {
        if (e.errno() == Errno.EXDEV) {
            return ActionException.failed("to='" + PathText.display(to) + "' lies on another file system than '"
                    + PathText.display(from) + "'; choose a place on the same one");
        }
        if (e.errno() == Errno.EINVAL) {
            return ActionException.failed("the file system of volume '" + files.volume()
                    + "' cannot rename without replacing (EINVAL, as NFS mounts answer); nothing was moved");
        }
        throw e;
    }

    private boolean is(Optional<FileStatus> there) {
        return there.isPresent() && there.get().fileId().equals(fileId);
    }

    private ActionException gone() {
        return ActionException.notTheSameFile(
                "path='" + PathText.display(from) + "' no longer names the file " + fileId + "; nothing was moved");
    }
}
