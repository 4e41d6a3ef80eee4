package io.weir.benchmarks.rules;

import io.weir.rules.EventView;
import org.jspecify.annotations.Nullable;

/** An event already decoded, so that only the matching is measured. */
record BenchEvent(String type, String path, long size, String owner) implements EventView {
    @Override
    public String volume() {
        return "bench";
    }

    @Override
    public @Nullable String previousPath() {
        return null;
    }

    @Override
    public String host() {
        return "host";
    }

    @Override
    public String agent() {
        return "agent";
    }

    @Override
    public String origin() {
        return "live";
    }

    @Override
    public long observedAtMicros() {
        return 0;
    }

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public int mode() {
        return 0644;
    }

    @Override
    public String group() {
        return "root";
    }

    @Override
    public @Nullable String actor() {
        return null;
    }

    @Override
    public long mtimeNanos() {
        return 0;
    }

    @Override
    public @Nullable String fileId() {
        return null;
    }
}
