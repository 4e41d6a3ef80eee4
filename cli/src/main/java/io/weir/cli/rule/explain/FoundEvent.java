package io.weir.cli.rule.explain;

import io.weir.cli.search.FoundRecord;
import io.weir.rules.EventView;
import io.weir.schemas.Actor;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as it lies in {@code weir.file-events}.
 *
 * @param event the record
 * @param partition where it lies
 * @param offset where it lies
 * @param causation the action that caused it
 */
public record FoundEvent(FileEvent event, int partition, long offset, Optional<Causation> causation)
        implements EventView {
    public static Optional<FoundEvent> of(FoundRecord record) {
        return record.value(FileEvent.class)
                .map(event -> new FoundEvent(event, record.partition(), record.offset(), record.causation()));
    }

    /** {@code written projects:/a.zip (weir.file-events-2@17)}. */
    String shown() {
        return type() + " " + volume() + ":" + path() + " (" + FoundRecord.place(Topics.FILE_EVENTS, partition, offset)
                + ")";
    }

    private @Nullable FileState state() {
        return event.getState();
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
        return event.getPath();
    }

    @Override
    public @Nullable String previousPath() {
        return event.getPreviousPath();
    }

    @Override
    public String host() {
        return event.getHost();
    }

    @Override
    public @Nullable String actor() {
        Actor actor = event.getActor();
        if (actor == null || actor.getName() != null) {
            return actor == null ? null : actor.getName();
        }
        Long uid = actor.getUid();
        return uid == null ? null : uid.toString();
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
        FileState state = state();
        return state == null ? null : state.getKind();
    }

    @Override
    public long size() {
        FileState state = state();
        return state == null ? -1 : state.getSize();
    }

    @Override
    public int mode() {
        FileState state = state();
        return state == null ? -1 : state.getMode();
    }

    @Override
    public @Nullable String owner() {
        FileState state = state();
        return state == null ? null : state.getOwner();
    }

    @Override
    public @Nullable String group() {
        FileState state = state();
        return state == null ? null : state.getGroup();
    }

    @Override
    public long mtimeNanos() {
        FileState state = state();
        return state == null ? -1 : state.getMtime();
    }

    @Override
    public @Nullable String fileId() {
        FileState state = state();
        return state == null ? event.getFileId() : state.getFileId();
    }
}
