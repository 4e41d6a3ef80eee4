package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.Journalled;
import io.weir.worker.Step;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The effects of results, as what they were before they became records. */
public final class AppliedEffects {
    private AppliedEffects() {}

    /** What an effect of a result did; empty for what has no such form. */
    public static Optional<Journalled> read(AppliedEffect applied) {
        String volume = applied.getVolume();
        return effect(applied)
                .map(effect -> volume == null ? effect : new Effect.Elsewhere(volume, effect))
                .map(effect -> new Journalled(effect, applied.getBefore()));
    }

    private static Optional<Effect> effect(AppliedEffect applied) {
        String path = path(applied.getPath(), applied.getRawPath());
        String fileId = applied.getFileId();
        return switch (applied.getKind()) {
            case "move" ->
                Optional.ofNullable(applied.getTarget())
                        .map(target -> new Effect.Move(
                                path,
                                path(target, applied.getRawTarget()),
                                fileId,
                                applied.getBefore().get(Step.REPLACED)));
            case "set" -> Optional.of(new Effect.SetFields(path, fileId, applied.getAfter(), false));
            case "create" ->
                Optional.of(new Effect.Create(
                        path, "directory".equals(applied.getAfter().get("kind"))));
            case "delete" -> Optional.of(new Effect.Delete(path, fileId));
            case "content" -> Optional.of(new Effect.Content(path, fileId));
            case "scope" -> Optional.of(new Effect.Scope(List.of(path)));
            default -> Optional.empty();
        };
    }

    private static String path(String text, @Nullable ByteBuffer raw) {
        if (raw == null) {
            return text;
        }
        byte[] bytes = new byte[raw.remaining()];
        raw.duplicate().get(bytes);
        return PathText.decode(bytes);
    }
}
