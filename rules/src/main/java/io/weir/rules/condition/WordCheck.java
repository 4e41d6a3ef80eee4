package io.weir.rules.condition;

import io.weir.rules.EventTypes;
import io.weir.rules.EventView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A text of the event is one of some, exactly. */
public final class WordCheck implements ValueCheck {
    private static final List<String> KINDS =
            List.of("file", "directory", "link", "fifo", "socket", "block-device", "character-device");
    private static final List<String> ORIGINS = List.of("live", "reconstructed");

    private final Field field;
    private final List<String> words;
    private final Set<String> set;

    public WordCheck(Field field, List<String> words) {
        this.field = field;
        this.words = List.copyOf(words);
        this.set = new HashSet<>(words);
    }

    /** What the words are compared with. */
    public enum Field {
        TYPE("type"),
        KIND("kind"),
        ORIGIN("origin"),
        OWNER("owner"),
        GROUP("group"),
        ACTOR("actor");

        private final String key;

        Field(String key) {
            this.key = key;
        }

        /** The key in the rule language. */
        public String key() {
            return key;
        }

        /** The words there are; empty if any text may be. */
        public List<String> words() {
            return switch (this) {
                case TYPE -> EventTypes.WORDS;
                case KIND -> KINDS;
                case ORIGIN -> ORIGINS;
                case OWNER, GROUP, ACTOR -> List.of();
            };
        }
    }

    public Field field() {
        return field;
    }

    @Override
    public boolean test(EventView event) {
        String seen = seen(event);
        return seen != null && set.contains(seen);
    }

    @Override
    public @Nullable String seen(EventView event) {
        return switch (field) {
            case TYPE -> event.type();
            case KIND -> event.kind();
            case ORIGIN -> event.origin();
            case OWNER -> event.owner();
            case GROUP -> event.group();
            case ACTOR -> event.actor();
        };
    }

    @Override
    public int cost() {
        return 1;
    }

    @Override
    public String key() {
        return field.key();
    }

    @Override
    public List<String> values() {
        return words;
    }
}
