package io.weir.worker.qumulo;

import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.qumulo.client.AttributeChange;
import io.weir.qumulo.client.FileAttributes;
import io.weir.schemas.marks.Effect;
import java.io.IOException;
import java.util.Optional;

/** Makes one directory, which appears with its mode; its parent is there or was made by the step before. */
final class ClusterMakeDirectoryStep extends ClusterStep {
    private final Staging staging;
    private final String path;
    private final int mode;

    ClusterMakeDirectoryStep(ClusterTree tree, Staging staging, String path, int mode) {
        super(tree);
        this.staging = staging;
        this.path = path;
        this.mode = mode;
    }

    @Override
    public Effect effect() {
        return new Effect.Create(path, true);
    }

    @Override
    Optional<Applied> carryOut() throws IOException, InterruptedException {
        if (isThere()) {
            return Optional.empty();
        }
        try {
            staging.directory(
                    path,
                    empty -> ClusterTree.call("set mode of", path, () -> tree.changes()
                            .setAttributes(empty.ref(), new AttributeChange().mode(mode))));
            return Optional.of(new Applied(effect()));
        } catch (PosixException e) {
            if (e.errno() == Errno.EEXIST && isThere()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean isThere() throws IOException {
        Optional<FileAttributes> there = tree.look(path);
        if (there.isPresent()) {
            ClusterTree.requireDirectory(path, there.get());
        }
        return there.isPresent();
    }
}
