package io.weir.worker.qumulo;

import io.weir.qumulo.client.AttributeChange;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.rest.Content;
import io.weir.schemas.marks.Effect;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Writes a small new file, which appears complete. The parent is there or was made by a step before. */
final class ClusterWriteFileStep extends ClusterStep {
    private static final int PRIVATE = 0600;

    private final Staging staging;
    private final String path;
    private final VolumeFiles.Content content;

    ClusterWriteFileStep(ClusterTree tree, Staging staging, String path, VolumeFiles.Content content) {
        super(tree);
        this.staging = staging;
        this.path = path;
        this.content = content;
    }

    @Override
    public Effect effect() {
        return new Effect.Create(path, false);
    }

    @Override
    Optional<Applied> carryOut() throws IOException, InterruptedException {
        byte[] bytes = content.bytes();
        FileAttributes made = staging.file(
                path,
                empty -> ClusterTree.call("write", path, () -> {
                    tree.changes().setAttributes(empty.ref(), new AttributeChange().mode(PRIVATE));
                    tree.changes().write(empty.ref(), Content.of(bytes));
                    return empty;
                }));
        return Optional.of(new Applied(effect(), Map.of(Step.MADE, made.id()), null));
    }
}
