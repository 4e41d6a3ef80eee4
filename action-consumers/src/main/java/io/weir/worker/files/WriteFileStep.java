package io.weir.worker.files;

import io.weir.posix.OpenPath;
import io.weir.schemas.marks.Effect;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles.Content;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a small new file, which appears complete: as {@link CopyFileStep} does, it is made without a name and then linked to
 * its path. The parent is there or was made by a step before.
 */
final class WriteFileStep implements Step {
    private final MountedFiles files;
    private final String path;
    private final Content content;

    WriteFileStep(MountedFiles files, String path, Content content) {
        this.files = files;
        this.path = path;
        this.content = content;
    }

    @Override
    public Effect effect() {
        return new Effect.Create(path, false);
    }

    @Override
    public Optional<Applied> run() throws IOException, InterruptedException {
        ByteBuffer bytes = ByteBuffer.wrap(content.bytes());
        try (OpenPath root = files.openRoot();
                OpenPath parent = root.beneath(VolumePath.relative(VolumePath.parent(path)));
                OpenPath file = parent.makeUnnamed()) {
            try (FileChannel out = FileChannel.open(file.descriptorPath(), StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            file.link(parent, VolumePath.name(path));
            Entry made = MountedFiles.entry(path, file.status());
            return Optional.of(new Applied(effect(), Map.of(Step.MADE, made.fileId()), null));
        }
    }
}
