package io.weir.worker.settings;

/**
 * A value with the place that it was set at, so that a refusal can name it.
 *
 * @param place {@code file:line}, or {@link #DEFAULT}
 */
public record Setting<T>(T value, String place) {
    /** The place of what no file sets. */
    public static final String DEFAULT = "default";

    /** A value that no file sets. */
    public static <T> Setting<T> byDefault(T value) {
        return new Setting<>(value, DEFAULT);
    }
}
