package io.weir.rules.index;

import io.weir.rules.Glob;
import io.weir.rules.condition.AllOf;
import io.weir.rules.condition.AnyOf;
import io.weir.rules.condition.Condition;
import io.weir.rules.condition.ExtensionCheck;
import io.weir.rules.condition.GlobCheck;
import io.weir.rules.condition.Not;
import io.weir.rules.condition.Quantity;
import io.weir.rules.condition.RangeCheck;
import io.weir.rules.condition.WordCheck;
import io.weir.rules.text.RegionMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Derives anchors from conditions: whatever satisfies the condition has one of them at least. */
final class Anchors {
    /** Above it, a rule would stand in so many tables that scanning for it is no worse. */
    private static final int MOST = 1024;

    private static final Set<Anchor> ANYWHERE = Set.of(Anchor.ANYWHERE);

    private Anchors() {}

    static Set<Anchor> of(Condition condition) {
        if (condition instanceof AllOf all) {
            return all.conditions().stream().map(Anchors::of).reduce(ANYWHERE, Anchors::both);
        }
        if (condition instanceof AnyOf any) {
            return limited(
                    any.conditions().stream().flatMap(one -> of(one).stream()).collect(Collectors.toSet()));
        }
        if (condition instanceof Not not) {
            return ofNot(not.condition());
        }
        if (condition instanceof GlobCheck check) {
            return globs(check);
        }
        if (condition instanceof ExtensionCheck check) {
            return limited(check.values().stream()
                    .map(extension -> Anchor.anywhere(extension(extension)))
                    .collect(Collectors.toSet()));
        }
        if (condition instanceof WordCheck check && check.field() == WordCheck.Field.OWNER) {
            return limited(check.values().stream()
                    .map(owner -> Anchor.anywhere(new Key(Key.Kind.OWNER, owner, 0)))
                    .collect(Collectors.toSet()));
        }
        if (condition instanceof RangeCheck check && check.quantity() == Quantity.SIZE) {
            return Set.of(Anchor.anywhere(new Key(Key.Kind.SIZE, "", check.least())));
        }
        return ANYWHERE;
    }

    /** Whatever does not satisfy the condition has one of these. */
    private static Set<Anchor> ofNot(Condition condition) {
        if (condition instanceof AnyOf any) {
            return any.conditions().stream().map(Anchors::ofNot).reduce(ANYWHERE, Anchors::both);
        }
        if (condition instanceof AllOf all) {
            return limited(all.conditions().stream()
                    .flatMap(one -> ofNot(one).stream())
                    .collect(Collectors.toSet()));
        }
        if (condition instanceof Not not) {
            return of(not.condition());
        }
        if (condition instanceof RangeCheck check && check.quantity() == Quantity.SIZE && check.leastOther() > 0) {
            return Set.of(Anchor.anywhere(new Key(Key.Kind.SIZE_OR_UNKNOWN, "", check.leastOther())));
        }
        return ANYWHERE;
    }

    /** An event that has one of the one set and one of the other has one of these. */
    private static Set<Anchor> both(Set<Anchor> one, Set<Anchor> other) {
        if (one.size() * other.size() > MOST) {
            return weight(one) >= weight(other) ? one : other;
        }
        return one.stream().flatMap(a -> other.stream().map(a::and)).collect(Collectors.toSet());
    }

    private static int weight(Set<Anchor> anchors) {
        return anchors.stream().mapToInt(Anchor::weight).min().orElse(0);
    }

    private static Set<Anchor> limited(Set<Anchor> anchors) {
        return anchors.size() > MOST ? ANYWHERE : anchors;
    }

    private static Set<Anchor> globs(GlobCheck check) {
        return limited(check.globs().stream()
                .flatMap(glob -> glob.hints().stream())
                .flatMap(hint -> hint(check.field(), hint).stream())
                .collect(Collectors.toSet()));
    }

    private static List<Anchor> hint(GlobCheck.Field field, Glob.Hint hint) {
        return switch (field) {
            case PATH ->
                keys(hint.name()).stream()
                        .map(key -> new Anchor(hint.directory(), hint.directlyIn(), key))
                        .toList();
            case NAME -> keys(hint.name()).stream().map(Anchor::anywhere).toList();
            case DIRECTORY ->
                List.of(hint.literal()
                        .map(directory -> new Anchor(directory, true, Key.NONE))
                        .orElse(new Anchor(hint.directory(), false, Key.NONE)));
            case PREVIOUS_PATH, VOLUME, HOST, AGENT -> List.of(Anchor.ANYWHERE);
        };
    }

    private static List<Key> keys(Glob.NameHint hint) {
        if (hint.exact().isPresent()) {
            return List.of(new Key(Key.Kind.NAME, hint.exact().get(), 0));
        }
        Key prefix = prefix(hint.prefix());
        if (hint.extension().isEmpty()) {
            return List.of(prefix);
        }
        // *.zip also matches the hidden file .zip, which has no extension
        String text = hint.extension().get();
        Key extension = extension(text);
        return prefix.weight() > extension.weight()
                ? List.of(prefix)
                : List.of(extension, new Key(Key.Kind.NAME, "." + text, 0));
    }

    private static Key extension(String extension) {
        return new Key(Key.Kind.EXTENSION, RegionMap.fold(extension), 0);
    }

    private static Key prefix(String prefix) {
        return prefix.isEmpty() ? Key.NONE : new Key(Key.Kind.PREFIX, prefix, 0);
    }
}
