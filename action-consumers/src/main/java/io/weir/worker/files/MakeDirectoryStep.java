package io.weir.worker.files;

import io.weir.posix.Errno;
import io.weir.posix.OpenPath;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.Step;
import java.io.IOException;
import java.util.Optional;

/** Makes one directory; its parent is there or was made by the step before. */
final class MakeDirectoryStep implements Step {
    private final MountedFiles files;
    private final String path;
    private final int mode;

    MakeDirectoryStep(MountedFiles files, String path, int mode) {
        this.files = files;
        this.path = path;
        this.mode = mode;
    }

    @Override
    public Effect effect() {
        return new Effect.Create(path, true);
    }

    @Override
    public Optional<Applied> run() throws IOException {
        try (OpenPath root = files.openRoot();
                OpenPath parent = root.beneath(VolumePath.relative(VolumePath.parent(path)))) {
            String name = VolumePath.name(path);
            try {
                parent.makeDirectory(name, mode);
                return Optional.of(new Applied(effect()));
            } catch (PosixException e) {
                if (e.errno() != Errno.EEXIST) {
                    throw e;
                }
                MountedFiles.requireDirectory(path, parent.status(name));
                return Optional.empty();
            }
        }
    }
}
