package io.weir.worker.run;

import io.weir.posix.PathText;
import io.weir.rules.EventView;
import io.weir.schemas.Actor;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The event of a request as the rule language sees it; names with bad bytes in the reversible text form. */
final class RequestEvent implements EventView {
    private final FileEvent event;
    private final @Nullable FileState state;
    private final String path;
    private final @Nullable String previousPath;

    RequestEvent(FileEvent event) {
        this.event = event;
        this.state = event.getState();
        this.path = event.getRawPath() == null ? event.getPath() : decode(event.getRawPath());
        this.previousPath =
                event.getRawPreviousPath() == null ? event.getPreviousPath() : decode(event.getRawPreviousPath());
    }

    private static String decode(ByteBuffer raw) {
        byte[] bytes = new byte[raw.remaining()];
        raw.duplicate().get(bytes);
        return PathText.decode(bytes);
    }

    @Override
    public String type() {
        return event.getType();
    }

    @Override
    public String volume() {
        return event.getVolume();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String previousPath() {
        return previousPath;
    }

    @Override
    public String host() {
        return event.getHost();
    }

    @Override
    public String agent() {
        return event.getAgent();
    }

    @Override
    public String origin() {
        return event.getOrigin();
    }

    @Override
    public long observedAtMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, event.getObservedAt());
    }

    @Override
    public @Nullable String kind() {
        return state == null ? null : state.getKind();
    }

    @Override
    public long size() {
        return state == null ? -1 : state.getSize();
    }

    @Override
    public int mode() {
        return state == null ? -1 : state.getMode();
    }

    @Override
    public @Nullable String owner() {
        return state == null ? null : state.getOwner();
    }

    @Override
    public @Nullable String group() {
        return state == null ? null : state.getGroup();
    }

    @Override
    public @Nullable String actor() {
        Actor actor = event.getActor();
        if (actor == null) {
            return null;
        }
        return actor.getName() == null && actor.getUid() != null ? Long.toString(actor.getUid()) : actor.getName();
    }

    @Override
    public long mtimeNanos() {
        return state == null ? -1 : state.getMtime();
    }

    @Override
    public @Nullable String fileId() {
        return state == null ? event.getFileId() : state.getFileId();
    }
}
