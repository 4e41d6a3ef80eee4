package io.weir.rules;

import org.jspecify.annotations.Nullable;

/**
 * An event as the rule language sees it. Accessors are called lazily, only for what the candidates' conditions ask; an
 * implementation may decode on demand. A condition on a value that is absent (null, or -1) is not satisfied.
 */
public interface EventView {
    String type();

    String volume();

    /** Absolute within the volume. */
    String path();

    @Nullable
    String previousPath();

    String host();

    String agent();

    String origin();

    /** Microseconds since 1970, the agent's clock. */
    long observedAtMicros();

    /** {@code file}, {@code directory}, {@code link} …, where the file could be read. */
    @Nullable
    String kind();

    /** Bytes, or -1. */
    long size();

    /** Permission bits, 0 to 07777, or -1. */
    int mode();

    @Nullable
    String owner();

    @Nullable
    String group();

    /** Who made the change: a user's name, or the number where it has none; null where the source cannot tell. */
    @Nullable
    String actor();

    /** Nanoseconds since 1970, or -1. */
    long mtimeNanos();

    @Nullable
    String fileId();
}
