package io.weir.rules;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that somebody has written down rather than an agent seen. What is left out of type, path, volume, kind, host,
 * agent, origin and time has a default, the same each time; all else is then unknown. Immutable.
 */
public final class SampleEvent implements EventView {
    private static final Map<EventField, String> DEFAULTS = Map.of(
            EventField.TYPE, "created",
            EventField.PATH, "/file",
            EventField.VOLUME, "volume",
            EventField.HOST, "host",
            EventField.AGENT, "agent",
            EventField.ORIGIN, "live",
            EventField.KIND, "file",
            EventField.OBSERVED_AT, "2026-01-01T12:00:00Z");

    private final Map<EventField, String> values = new EnumMap<>(EventField.class);

    private SampleEvent(Map<EventField, String> given) {
        values.putAll(DEFAULTS);
        values.putAll(given);
    }

    /**
     * The event with these values.
     *
     * @throws IllegalArgumentException if one is not of its field
     */
    public static SampleEvent of(Map<EventField, String> given) {
        given.forEach(EventField::check);
        return new SampleEvent(given);
    }

    /** The value of a field as it was written, or its default; null if it is unknown. */
    public @Nullable String value(EventField field) {
        return values.get(field);
    }

    private String text(EventField field) {
        return values.getOrDefault(field, "");
    }

    @Override
    public String type() {
        return text(EventField.TYPE);
    }

    @Override
    public String volume() {
        return text(EventField.VOLUME);
    }

    @Override
    public String path() {
        return text(EventField.PATH);
    }

    @Override
    public @Nullable String previousPath() {
        return value(EventField.PREVIOUS_PATH);
    }

    @Override
    public String host() {
        return text(EventField.HOST);
    }

    @Override
    public String agent() {
        return text(EventField.AGENT);
    }

    @Override
    public String origin() {
        return text(EventField.ORIGIN);
    }

    @Override
    public long observedAtMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, EventField.instant(text(EventField.OBSERVED_AT)));
    }

    @Override
    public @Nullable String kind() {
        return value(EventField.KIND);
    }

    @Override
    public long size() {
        String size = value(EventField.SIZE);
        return size == null ? -1 : EventField.bytes(size);
    }

    @Override
    public int mode() {
        String mode = value(EventField.MODE);
        return mode == null ? -1 : EventField.bits(mode);
    }

    @Override
    public @Nullable String owner() {
        return value(EventField.OWNER);
    }

    @Override
    public @Nullable String group() {
        return value(EventField.GROUP);
    }

    @Override
    public @Nullable String actor() {
        return value(EventField.ACTOR);
    }

    @Override
    public long mtimeNanos() {
        String modified = value(EventField.MODIFIED_AT);
        return modified == null ? -1 : ChronoUnit.NANOS.between(Instant.EPOCH, EventField.instant(modified));
    }

    @Override
    public @Nullable String fileId() {
        return null;
    }
}
