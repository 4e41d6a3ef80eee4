package io.weir.rules.condition;

import io.weir.rules.EventView;
import io.weir.rules.Glob;
import io.weir.rules.text.PathParts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text of the event, or a part of its path, fits one of some globs. */
public final class GlobCheck implements ValueCheck {
    private final Field field;
    private final Glob[] globs;

    public GlobCheck(Field field, List<Glob> globs) {
        this.field = field;
        this.globs = globs.toArray(Glob[]::new);
    }

    /** What the globs are held against. */
    public enum Field {
        PATH("path"),
        PREVIOUS_PATH("previous-path"),
        DIRECTORY("directory"),
        NAME("name"),
        VOLUME("volume"),
        HOST("host"),
        AGENT("agent");

        private final String key;

        Field(String key) {
            this.key = key;
        }

        /** The key in the rule language. */
        public String key() {
            return key;
        }

        /** Whether its values are absolute paths. */
        public boolean isPath() {
            return this == PATH || this == PREVIOUS_PATH || this == DIRECTORY;
        }
    }

    public Field field() {
        return field;
    }

    public List<Glob> globs() {
        return List.of(globs);
    }

    @Override
    public boolean test(EventView event) {
        String text = text(event);
        if (text == null) {
            return false;
        }
        int from = field == Field.NAME ? PathParts.nameStart(text) : 0;
        int to = field == Field.DIRECTORY ? Math.min(text.length(), PathParts.directoryEnd(text)) : text.length();
        for (Glob glob : globs) {
            if (glob.matches(text, from, to)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String text(EventView event) {
        return switch (field) {
            case PATH, DIRECTORY, NAME -> event.path();
            case PREVIOUS_PATH -> event.previousPath();
            case VOLUME -> event.volume();
            case HOST -> event.host();
            case AGENT -> event.agent();
        };
    }

    @Override
    public @Nullable String seen(EventView event) {
        return switch (field) {
            case DIRECTORY -> PathParts.directory(event.path());
            case NAME -> PathParts.name(event.path());
            default -> text(event);
        };
    }

    @Override
    public int cost() {
        int cost = 0;
        for (Glob glob : globs) {
            cost += glob.alternatives();
        }
        return cost;
    }

    @Override
    public String key() {
        return field.key();
    }

    @Override
    public List<String> values() {
        return globs().stream().map(Glob::text).toList();
    }
}
