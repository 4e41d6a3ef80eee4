package io.weir.worker.files;

import io.weir.schemas.marks.Effect;
import io.weir.worker.Step;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Declares that the steps after it read a file, or all below a directory; does nothing itself.
 *
 * @param note for people, in the result; null for none
 */
public record ReadStep(String path, String fileId, @Nullable String note) implements Step {
    @Override
    public Effect effect() {
        return new Effect.Read(path, fileId);
    }

    @Override
    public Optional<Applied> run() {
        return note == null ? Optional.empty() : Optional.of(new Applied(effect(), Map.of(), note));
    }
}
