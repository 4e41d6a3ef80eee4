package io.weir.schemas.marks;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One declared effect of an action: what events it will cause on which paths, and what the file will show afterwards. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Effect.Move.class, name = "move"),
    @JsonSubTypes.Type(value = Effect.Read.class, name = "read"),
    @JsonSubTypes.Type(value = Effect.SetFields.class, name = "set"),
    @JsonSubTypes.Type(value = Effect.Create.class, name = "create"),
    @JsonSubTypes.Type(value = Effect.Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = Effect.Content.class, name = "content"),
    @JsonSubTypes.Type(value = Effect.Scope.class, name = "scope"),
    @JsonSubTypes.Type(value = Effect.Elsewhere.class, name = "elsewhere"),
})
public sealed interface Effect {
    /**
     * The file, or for a directory it and all below it, goes from one place to another. Explains one move an attempt.
     *
     * @param replaced the file at the new place that disappears with it, if there is one
     */
    record Move(String from, String to, @Nullable String fileId, @Nullable String replaced) implements Effect {
        /** Nothing is replaced. */
        public Move(String from, String to, @Nullable String fileId) {
            this(from, to, fileId, null);
        }
    }

    /** The file's content is read, or of all below a directory; nothing is changed. */
    record Read(String path, @Nullable String fileId) implements Effect {}

    /**
     * Fields get final values. Names as in {@code FileState}: {@code mode} (octal, such as 0640), {@code uid},
     * {@code gid}; values as text.
     *
     * @param subtree whether all below the path is meant too
     */
    record SetFields(String path, @Nullable String fileId, Map<String, String> fields, boolean subtree)
            implements Effect {
        public SetFields {
            fields = Map.copyOf(fields);
        }
    }

    /** A new entry appears, complete. */
    record Create(String path, boolean directory) implements Effect {}

    /** An entry disappears; of a directory, all below it too. */
    record Delete(String path, @Nullable String fileId) implements Effect {}

    /** Content is written. */
    record Content(String path, @Nullable String fileId) implements Effect {}

    /**
     * An effect in another volume than that of the mark, whose own marks declare it, too: agents pass it over.
     *
     * @param effect none of this kind
     */
    record Elsewhere(String volume, Effect effect) implements Effect {
        @Override
        public Effect bare() {
            return effect;
        }
    }

    /** The effect itself, in whichever volume. */
    default Effect bare() {
        return this;
    }

    /** Anything on paths that match these globs (of the rule language), for programs whose effects are not known before. */
    record Scope(List<String> globs) implements Effect {
        public Scope {
            globs = List.copyOf(globs);
        }
    }
}
