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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves one entry, checked by file id before and after. */
final class MoveStep implements Step {
    private final MountedFiles files;
    private final String from;
    private final String to;
    private final String fileId;
    private final @Nullable String replaced;

    /** @param replaced file id of what it replaces; null if it replaces nothing */
    MoveStep(MountedFiles files, String from, String to, String fileId, @Nullable String replaced) {
        this.files = files;
        this.from = from;
        this.to = to;
        this.fileId = fileId;
        this.replaced = replaced;
    }

    @Override
    public Effect effect() {
        return new Effect.Move(from, to, fileId, replaced);
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
                Map<String, String> before = replaced == null ? Map.of() : requireReplaced(target, replaced);
                move(source, target);
                return Optional.of(new Applied(effect(), before, null));
            }
        }
    }

    private void move(OpenPath source, OpenPath target) throws ActionException, PosixException {
        String name = VolumePath.name(from);
        String newName = VolumePath.name(to);
        try {
            if (replaced == null) {
                source.move(name, target, newName);
            } else {
                source.moveReplacing(name, target, newName);
            }
        } catch (PosixException e) {
            throw explained(e);
        }
        Optional<FileStatus> moved = status(target, newName);
        if (moved.isPresent() && !is(moved)) {
            target.move(newName, source, name);
            throw gone();
        }
    }

    /** What is going to be replaced, for the journal. */
    private Map<String, String> requireReplaced(OpenPath target, String expected) throws ActionException, IOException {
        Optional<FileStatus> there = status(target, VolumePath.name(to));
        if (there.isEmpty() || !there.get().fileId().equals(expected)) {
            throw new IOException("path='" + PathText.display(to) + "' no longer names the file " + expected
                    + ", which was to be replaced; nothing was moved");
        }
        FileStatus found = there.get();
        if (found.isDirectory()) {
            throw ActionException.refused(
                    "path='" + PathText.display(to) + "' is a directory, and none is ever replaced");
        }
        return Map.of(
                REPLACED,
                expected,
                "replaced.kind",
                found.kind(),
                "replaced.size",
                Long.toString(found.size()),
                "replaced.mtime",
                Long.toString(found.mtime()));
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
