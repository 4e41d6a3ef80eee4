package io.weir.rules.index;

import io.weir.rules.EventView;

/** An event of which only type, volume and path may be asked. */
record Unread(String path) implements EventView {
    @Override
    public String type() {
        return "created";
    }

    @Override
    public String volume() {
        return "projects";
    }

    @Override
    public String previousPath() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String host() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String actor() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String agent() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String origin() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long observedAtMicros() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String kind() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int mode() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String owner() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String group() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long mtimeNanos() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String fileId() {
        throw new UnsupportedOperationException();
    }
}
