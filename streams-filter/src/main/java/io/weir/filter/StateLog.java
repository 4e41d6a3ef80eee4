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
        public void put(String key, byte @Nullable [] value) {}

        @Override
        public void forEach(BiConsumer<String, byte[]> entries) {}
    };

    void put(String key, byte @Nullable [] value);

    /** Gives all that is kept, in any order. */
    void forEach(BiConsumer<String, byte[]> entries);
}
