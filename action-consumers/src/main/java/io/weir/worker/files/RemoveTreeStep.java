package io.weir.worker.files;

import io.weir.posix.Directory;
import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes a file, or a directory with all below it, whatever comes into it meanwhile. Reaches each directory from the one
 * above, so no link leads it out. What is gone already is no failure.
 */
final class RemoveTreeStep implements Step {
    /** Deeper than any path can name at once, and still within the descriptors of a process. */
    private static final int MOST_DEEP = 500;

    private static final int MOST_AT_ONCE = 1_000;

    private final MountedFiles files;
    private final String path;
    private final String fileId;

    RemoveTreeStep(MountedFiles files, String path, String fileId) {
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
            String name = VolumePath.name(path);
            Optional<FileStatus> found = MountedFiles.entryOf(parent, name);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (!found.get().fileId().equals(fileId)) {
                throw ActionException.notTheSameFile("path='" + PathText.display(path) + "' no longer names the file "
                        + fileId + "; nothing was removed");
            }
            remove(parent, name, found.get(), 0);
            return Optional.of(new Applied(effect()));
        } catch (PosixException e) {
            if (MountedFiles.isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void remove(OpenPath parent, String name, FileStatus found, int depth)
            throws ActionException, PosixException {
        if (depth > MOST_DEEP) {
            throw ActionException.failed("path='" + PathText.display(path) + "' has directories more than " + MOST_DEEP
                    + " deep; remove those by hand");
        }
        if (found.isDirectory()) {
            try (OpenPath directory = parent.beneath(name)) {
                empty(directory, depth);
            }
        }
        parent.remove(name, found.isDirectory());
    }

    private void empty(OpenPath directory, int depth) throws ActionException, PosixException {
        for (List<String> names = names(directory); !names.isEmpty(); names = names(directory)) {
            for (String name : names) {
                Optional<FileStatus> found = MountedFiles.entryOf(directory, name);
                if (found.isPresent()) {
                    remove(directory, name, found.get(), depth + 1);
                }
            }
        }
    }

    private static List<String> names(OpenPath at) throws PosixException {
        List<String> names = new ArrayList<>();
        try (Directory directory = at.list()) {
            while (names.size() < MOST_AT_ONCE && directory.listSome(names::add)) {
                // the next part
            }
        }
        return names;
    }
}
