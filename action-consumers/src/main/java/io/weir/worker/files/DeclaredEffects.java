package io.weir.worker.files;

import io.weir.schemas.marks.Effect;
import io.weir.worker.VolumeFiles;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether what an attempt declared is there to be seen. */
public final class DeclaredEffects {
    private DeclaredEffects() {}

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
        return false; // Content and scopes do not show whether they were done; nothing built in deletes.
    }

    private static boolean has(VolumeFiles files, String path, String fileId) throws IOException {
        return files.find(path).filter(e -> e.fileId().equals(fileId)).isPresent();
    }

    private static boolean shows(Optional<VolumeFiles.Entry> entry, Effect.SetFields set) {
        return entry.isPresent()
                && entry.get().fileId().equals(set.fileId())
                && set.fields().keySet().equals(Set.of("mode"))
                && String.format(Locale.ROOT, "%04o", entry.get().mode())
                        .equals(set.fields().get("mode"));
    }
}
