package io.weir.agent.marks;

import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import org.jspecify.annotations.Nullable;

/** Which files an effect is about. */
final class Effects {
    private Effects() {}

    static boolean fits(@Nullable String declared, Subject file) {
        return declared == null || file.fileId().isEmpty() || declared.equals(file.fileId());
    }

    static boolean at(Place place, String volume, String path) {
        return place.path().equals(path) && place.volume().equals(volume);
    }

    static boolean below(Place place, String volume, String directory) {
        String path = place.path();
        return path.length() > directory.length()
                && path.startsWith(directory)
                && path.charAt(directory.length()) == '/'
                && place.volume().equals(volume);
    }

    /** The path that a file leaves; null if none does. */
    static @Nullable String from(Effect effect) {
        return effect instanceof Effect.Move || effect instanceof Effect.Delete ? path(effect) : null;
    }

    /** The path that a file comes to; null if none does. */
    static @Nullable String to(Effect effect) {
        if (effect instanceof Effect.Move move) {
            return move.to();
        }
        return effect instanceof Effect.Create create ? create.path() : null;
    }

    /** The path that it begins at; null for a scope. */
    static @Nullable String path(Effect effect) {
        if (effect instanceof Effect.Move move) {
            return move.from();
        }
        if (effect instanceof Effect.SetFields set) {
            return set.path();
        }
        if (effect instanceof Effect.Create create) {
            return create.path();
        }
        if (effect instanceof Effect.Delete delete) {
            return delete.path();
        }
        if (effect instanceof Effect.Read read) {
            return read.path();
        }
        return effect instanceof Effect.Content content ? content.path() : null;
    }

    /** The file id that it names; null if it names none. */
    static @Nullable String fileId(Effect effect) {
        if (effect instanceof Effect.Move move) {
            return move.fileId();
        }
        if (effect instanceof Effect.SetFields set) {
            return set.fileId();
        }
        if (effect instanceof Effect.Delete delete) {
            return delete.fileId();
        }
        if (effect instanceof Effect.Read read) {
            return read.fileId();
        }
        return effect instanceof Effect.Content content ? content.fileId() : null;
    }
}
