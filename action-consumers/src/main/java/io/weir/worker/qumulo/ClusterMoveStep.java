package io.weir.worker.qumulo;

import io.weir.posix.PathText;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileTimes;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.files.VolumePath;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves one entry, checked by file id before and after: the API takes it by its path, and no ETag. */
final class ClusterMoveStep extends ClusterStep {
    private final String from;
    private final String to;
    private final String fileId;
    private final @Nullable String replaced;

    /** @param replaced file id of what it replaces; null if it replaces nothing */
    ClusterMoveStep(ClusterTree tree, String from, String to, String fileId, @Nullable String replaced) {
        super(tree);
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
    Optional<Applied> carryOut() throws ActionException, IOException {
        if (!tree.has(from, fileId)) {
            if (tree.has(to, fileId)) {
                return Optional.empty();
            }
            throw gone(from, fileId, "moved");
        }
        FileAttributes target = tree.directory(VolumePath.parent(to));
        Map<String, String> before = replaced == null ? Map.of() : requireReplaced(replaced);
        move(target);
        return Optional.of(new Applied(effect(), before, null));
    }

    private void move(FileAttributes target) throws ActionException, IOException {
        String source = tree.onCluster(from);
        String name = tree.name(to);
        FileAttributes moved = ClusterTree.once(
                "rename",
                to,
                () -> tree.changes().rename(source, target.ref(), name, replaced != null),
                () -> tree.look(to).filter(found -> found.id().equals(fileId)));
        if (!moved.id().equals(fileId)) {
            moveBack(moved.id());
            throw gone(from, fileId, "moved");
        }
    }

    /** Another file was put there at the last moment, and was moved. */
    private void moveBack(String other) throws IOException {
        FileAttributes source = tree.directory(VolumePath.parent(from));
        String target = tree.onCluster(to);
        String name = tree.name(from);
        ClusterTree.once(
                "move back", from, () -> tree.changes().rename(target, source.ref(), name, false), () -> tree.look(from)
                        .filter(found -> found.id().equals(other)));
    }

    /** What is going to be replaced, for the journal. */
    private Map<String, String> requireReplaced(String expected) throws ActionException, IOException {
        Optional<FileAttributes> there = tree.look(to);
        if (there.isEmpty() || !there.get().id().equals(expected)) {
            throw new IOException("path='" + PathText.display(to) + "' no longer names the file " + expected
                    + ", which was to be replaced; nothing was moved");
        }
        FileAttributes found = there.get();
        if (found.isDirectory()) {
            throw ActionException.refused(
                    "path='" + PathText.display(to) + "' is a directory, and none is ever replaced");
        }
        return Map.of(
                REPLACED,
                expected,
                "replaced.kind",
                ClusterEntry.kind(found),
                "replaced.size",
                Long.toString(found.size()),
                "replaced.mtime",
                Long.toString(FileTimes.nanos(found.times().modified())));
    }
}
