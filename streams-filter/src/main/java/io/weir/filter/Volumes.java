package io.weir.filter;

import io.weir.schemas.topic.VolumeName;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads the records of {@code weir.volumes}, in their order, and says which volumes are registered. The key alone tells; what
 * else a record holds is for people. One thread feeds it; {@link #get} may be called by all.
 */
public final class Volumes implements Supplier<RegisteredVolumes> {
    private volatile RegisteredVolumes registered = RegisteredVolumes.NONE;

    /** Makes one that knows of no volume. */
    public Volumes() {}

    /** Takes a registration; gives whether the name is a valid one. */
    public boolean add(String name, long offset) {
        if (!VolumeName.isValid(name)) {
            return false;
        }
        if (!registered.test(name)) {
            Set<String> names = new TreeSet<>(registered.names());
            names.add(name);
            registered = new RegisteredVolumes(names, offset);
        }
        return true;
    }

    /** Takes the end of a registration. */
    public void remove(String name, long offset) {
        if (registered.test(name)) {
            Set<String> names = new TreeSet<>(registered.names());
            names.remove(name);
            registered = new RegisteredVolumes(names, offset);
        }
    }

    @Override
    public RegisteredVolumes get() {
        return registered;
    }
}
