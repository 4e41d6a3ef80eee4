package io.weir.filter;

import java.util.Set;
import java.util.function.Predicate;

/**
 * The volumes that had a topic for their actions once a record of {@code weir.volumes} had been read. Immutable.
 *
 * @param names of the volumes
 * @param offset of that record; -1 before the first
 */
public record RegisteredVolumes(Set<String> names, long offset) implements Predicate<String> {
    /** Before the first record. */
    public static final RegisteredVolumes NONE = new RegisteredVolumes(Set.of(), -1);

    public RegisteredVolumes {
        names = Set.copyOf(names);
    }

    @Override
    public boolean test(String name) {
        return names.contains(name);
    }
}
