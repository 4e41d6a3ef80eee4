package io.weir.filter;

import io.weir.schemas.topic.VolumeName;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The registered volumes, as {@code weir.volumes} has them. Safe for all threads. */
final class Volumes implements Predicate<String> {
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** Takes a registration; gives whether the name is a valid one. */
    boolean add(String name) {
        return VolumeName.isValid(name) && (names.add(name) || names.contains(name));
    }

    void remove(String name) {
        names.remove(name);
    }

    @Override
    public boolean test(String name) {
        return names.contains(name);
    }

    Set<String> names() {
        return new TreeSet<>(names);
    }
}
