package io.weir.filter;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What keeps the state of a partition beyond the process: changed together with the judge's position. What was put last under
 * a key counts; null removes it. One writer.
 */
public interface StateLog {
    /** Keeps nothing: for whoever begins anew each time. */
    StateLog NONE = new StateLog() {
        @Override
        public boolean isKept() {
            return false;
        }

        @Override
        public void put(String key, byte @Nullable [] value) {}

        @Override
        public void forEach(BiConsumer<String, byte[]> entries) {}
    };

    /**
     * A part of it with keys of its own. Whoever uses parts uses nothing else of it.
     *
     * @param name differs from those of the other parts, none of which it begins with
     */
    default StateLog part(String name) {
        StateLog whole = this;
        return new StateLog() {
            @Override
            public boolean isKept() {
                return whole.isKept();
            }

            @Override
            public void put(String key, byte @Nullable [] value) {
                whole.put(name + key, value);
            }

            @Override
            public void forEach(BiConsumer<String, byte[]> entries) {
                whole.forEach((key, value) -> {
                    if (key.startsWith(name)) {
                        entries.accept(key.substring(name.length()), value);
                    }
                });
            }
        };
    }

    /** Whether anything that is put is kept: if not, nobody needs to make bytes of it. */
    default boolean isKept() {
        return true;
    }

    void put(String key, byte @Nullable [] value);

    /** Gives all that is kept, in any order. */
    void forEach(BiConsumer<String, byte[]> entries);
}
