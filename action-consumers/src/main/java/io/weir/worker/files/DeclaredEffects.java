package io.weir.worker.files;

import io.weir.schemas.marks.Effect;
import io.weir.worker.VolumeFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether what an attempt declared is there to be seen. */
public final class DeclaredEffects {
    private DeclaredEffects() {}

    /**
     * Those of the effects of one attempt that the files show. A move counts if what came after it, of the same file, does:
     * the file is no longer where it was moved.
     */
    public static List<Effect> inPlace(VolumeFiles files, List<Effect> declared) throws IOException {
        List<Effect> holding = new ArrayList<>();
        for (int i = declared.size() - 1; i >= 0; i--) {
            Effect effect = declared.get(i);
            boolean passed = effect instanceof Effect.Move move
                    && move.fileId() != null
                    && !has(files, move.from(), move.fileId())
                    && holding.stream().anyMatch(later -> continues(move, later));
            if (passed || inPlace(files, effect) || wasBefore(files, effect, holding)) {
                holding.add(0, effect);
            }
        }
        return holding;
    }

    /** Steps run one after another: a file was made, and one was read, if a move that came after it was made. */
    private static boolean wasBefore(VolumeFiles files, Effect effect, List<Effect> later) throws IOException {
        boolean moved = later.stream().anyMatch(Effect.Move.class::isInstance);
        return moved
                && (effect instanceof Effect.Read
                        || (effect instanceof Effect.Create create
                                && !create.directory()
                                && files.find(create.path()).isPresent()));
    }

    private static boolean continues(Effect.Move move, Effect later) {
        return later instanceof Effect.Delete delete
                && delete.path().equals(move.to())
                && Objects.equals(delete.fileId(), move.fileId());
    }

    /** Whether the files show that this was done. False where that cannot be seen. */
    public static boolean inPlace(VolumeFiles files, Effect effect) throws IOException {
        if (effect instanceof Effect.Move move) {
            return move.fileId() != null
                    && !has(files, move.from(), move.fileId())
                    && has(files, move.to(), move.fileId());
        }
        if (effect instanceof Effect.SetFields set) {
            return set.fileId() != null && !set.subtree() && shows(files.find(set.path()), set);
        }
        if (effect instanceof Effect.Create create) {
            return create.directory()
                    && files.find(create.path())
                            .filter(e -> e.kind().equals("directory"))
                            .isPresent();
        }
        if (effect instanceof Effect.Delete delete) {
            return delete.fileId() != null && !has(files, delete.path(), delete.fileId());
        }
        return false; // Content and scopes do not show whether they were done.
    }

    private static boolean has(VolumeFiles files, String path, String fileId) throws IOException {
        return files.find(path).filter(e -> e.fileId().equals(fileId)).isPresent();
    }

    private static boolean shows(Optional<VolumeFiles.Entry> entry, Effect.SetFields set) {
        return entry.isPresent()
                && entry.get().fileId().equals(set.fileId())
                && set.fields().entrySet().stream()
                        .allMatch(field -> shows(entry.get(), field.getKey(), field.getValue()));
    }

    private static boolean shows(VolumeFiles.Entry entry, String field, String value) {
        return switch (field) {
            case "mode", "uid", "gid" -> entry.field(field).equals(value);
            default -> false;
        };
    }
}
