package io.weir.rules.cycle;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import dk.brics.automaton.BasicOperations;
import io.weir.rules.GlobLanguage;
import io.weir.rules.condition.AllOf;
import io.weir.rules.condition.AnyOf;
import io.weir.rules.condition.Condition;
import io.weir.rules.condition.ExtensionCheck;
import io.weir.rules.condition.GlobCheck;
import io.weir.rules.condition.Not;
import io.weir.rules.condition.WordCheck;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** On which paths an event may satisfy a condition, or may fail to: rather too many than too few. */
final class PathLanguage {
    private static final Automaton ANY = BasicAutomata.makeAnyString();
    private static final Automaton NONE = BasicAutomata.makeEmpty();
    private static final Automaton SLASH = BasicAutomata.makeChar('/');
    private static final Automaton SLASH_AND_NAME = SLASH.concatenate(GlobLanguage.name());
    private static final Automaton DIRECTORIES = ANY.concatenate(SLASH);

    private final String type;
    private final @Nullable String kind;

    /**
     * For events of one type.
     *
     * @param kind of what they are about; null if that is not known
     */
    PathLanguage(String type, @Nullable String kind) {
        this.type = type;
        this.kind = kind;
    }

    /** Paths of events that may satisfy the condition. */
    Automaton satisfying(Condition condition) {
        return of(condition, true);
    }

    /** Paths of events that may not satisfy it. */
    Automaton failing(Condition condition) {
        return of(condition, false);
    }

    private Automaton of(Condition condition, boolean satisfied) {
        if (condition instanceof AllOf all) {
            return together(all.conditions(), satisfied, satisfied);
        }
        if (condition instanceof AnyOf any) {
            return together(any.conditions(), satisfied, !satisfied);
        }
        if (condition instanceof Not not) {
            return of(not.condition(), !satisfied);
        }
        if (condition instanceof GlobCheck check) {
            return globs(check, satisfied);
        }
        if (condition instanceof ExtensionCheck check) {
            return extensions(check.values(), satisfied);
        }
        if (condition instanceof WordCheck check) {
            return words(check, satisfied);
        }
        return ANY;
    }

    private Automaton together(List<Condition> conditions, boolean satisfied, boolean all) {
        List<Automaton> each = conditions.stream().map(c -> of(c, satisfied)).toList();
        return all ? each.stream().reduce(ANY, BasicOperations::intersection) : BasicOperations.union(each);
    }

    private Automaton words(WordCheck check, boolean satisfied) {
        @Nullable
        String known =
                switch (check.field()) {
                    case TYPE -> type;
                    case KIND -> kind;
                    default -> null;
                };
        return known == null || check.values().contains(known) == satisfied ? ANY : NONE;
    }

    private static Automaton globs(GlobCheck check, boolean satisfied) {
        if (!satisfied && !check.globs().stream().allMatch(GlobLanguage::hasComplement)) {
            return ANY;
        }
        return switch (check.field()) {
            case PATH -> either(texts(check), satisfied);
            case DIRECTORY -> either(directlyIn(texts(check)), satisfied);
            case NAME ->
                either(
                        DIRECTORIES.concatenate(BasicOperations.intersection(texts(check), GlobLanguage.names())),
                        satisfied);
            case PREVIOUS_PATH, VOLUME, HOST, AGENT -> ANY;
        };
    }

    private static Automaton texts(GlobCheck check) {
        return BasicOperations.union(
                check.globs().stream().map(GlobLanguage::of).toList());
    }

    /** The root directory is its own, and its entries have no slash after it. */
    private static Automaton directlyIn(Automaton directories) {
        Automaton paths = directories.concatenate(SLASH_AND_NAME);
        return directories.run("/") ? BasicOperations.union(List.of(paths, SLASH_AND_NAME, SLASH)) : paths;
    }

    /** ASCII letters in either case; of others, whose case is a matter of Unicode, nothing is said. */
    private static Automaton extensions(List<String> extensions, boolean satisfied) {
        if (extensions.stream().anyMatch(e -> e.isEmpty() || !e.chars().allMatch(c -> c < 128))) {
            return ANY;
        }
        Automaton texts = BasicOperations.union(
                extensions.stream().map(PathLanguage::inAnyCase).toList());
        Automaton dot = BasicAutomata.makeChar('.');
        return either(BasicOperations.concatenate(List.of(DIRECTORIES, GlobLanguage.name(), dot, texts)), satisfied);
    }

    private static Automaton inAnyCase(String text) {
        return BasicOperations.concatenate(text.chars()
                .mapToObj(c -> String.valueOf((char) c))
                .map(c -> BasicAutomata.makeString(c.toLowerCase(Locale.ROOT))
                        .union(BasicAutomata.makeString(c.toUpperCase(Locale.ROOT))))
                .toList());
    }

    private static Automaton either(Automaton paths, boolean satisfied) {
        return satisfied ? paths : BasicOperations.complement(paths);
    }
}
