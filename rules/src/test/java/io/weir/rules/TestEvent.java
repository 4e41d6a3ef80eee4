package io.weir.rules;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as tests write it. */
public record TestEvent(
        String type,
        String volume,
        String path,
        @Nullable String previousPath,
        String host,
        String agent,
        String origin,
        long observedAtMicros,
        @Nullable String kind,
        long size,
        int mode,
        @Nullable String owner,
        @Nullable String group,
        @Nullable String actor,
        long mtimeNanos,
        @Nullable String fileId)
        implements EventView {
    /** 2026-03-04T05:06:07Z. */
    static final long OBSERVED_AT = 1_772_600_767_000_000L;

    /** A created event that knows nothing of the file but its path. */
    public static TestEvent at(String path) {
        return of(Map.of("path", path));
    }

    /** By the words of the rule language; what is left out is unknown, or {@code created, projects, live, nas1}. */
    public static TestEvent of(Map<String, String> values) {
        return new TestEvent(
                values.getOrDefault("type", "created"),
                values.getOrDefault("volume", "projects"),
                values.getOrDefault("path", "/a/b.txt"),
                values.get("previous-path"),
                values.getOrDefault("host", "nas1"),
                values.getOrDefault("agent", "nas1-inotify"),
                values.getOrDefault("origin", "live"),
                values.containsKey("observed-at") ? micros(values, "observed-at") : OBSERVED_AT,
                values.get("kind"),
                Long.parseLong(values.getOrDefault("size", "-1")),
                Integer.parseInt(values.getOrDefault("mode", "-1"), 8),
                values.get("owner"),
                values.get("group"),
                values.get("actor"),
                values.containsKey("mtime") ? micros(values, "mtime") * 1_000 : -1,
                values.get("file-id"));
    }

    private static long micros(Map<String, String> values, String key) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(values.getOrDefault(key, "")));
    }
}
