package io.weir.agent;

import io.weir.agent.intake.Draft;
import io.weir.agent.intake.EventType;
import io.weir.agent.intake.Outbox;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.agent.spool.Spool;
import io.weir.posix.PathText;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.Gap;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Gives events their ids and puts them into the spool. Collects what is to be handed over after the commit. */
final class EventWriter implements Outbox {
    private final AgentConfig config;
    private final Spool spool;
    private final AccountNames accounts;
    private final LongAdder foreign = new LongAdder();
    private final LongAdder own = new LongAdder();
    private List<SpooledEvent> batch = new ArrayList<>();

    EventWriter(AgentConfig config, Spool spool, AccountNames accounts) {
        this.config = config;
        this.spool = spool;
        this.accounts = accounts;
    }

    @Override
    public boolean publish(Draft draft) {
        if (!isAsked(draft.type())) {
            return false;
        }
        SpooledEvent event = new SpooledEvent(event(draft), draft.causation());
        spool.append(event);
        batch.add(event);
        (draft.causation().isPresent() ? own : foreign).increment();
        return true;
    }

    /** Takes what was published since the last time. */
    List<SpooledEvent> takeBatch() {
        List<SpooledEvent> taken = batch;
        batch = new ArrayList<>();
        return taken;
    }

    boolean isEmpty() {
        return batch.isEmpty();
    }

    long foreignEvents() {
        return foreign.sum();
    }

    long ownEvents() {
        return own.sum();
    }

    private boolean isAsked(String type) {
        if (type.equals(EventType.GAP)) {
            return true;
        }
        return config.activities()
                .contains(EventType.isAccess(type) ? AgentConfig.Activity.READ : AgentConfig.Activity.WRITE);
    }

    private FileEvent event(Draft draft) {
        String path = draft.place().path();
        @Nullable Place previous = draft.previous();
        return new FileEvent(
                draft.type(),
                draft.place().volume(),
                PathText.display(path),
                previous == null ? null : PathText.display(previous.path()),
                null,
                config.id(),
                spool.epoch(),
                spool.takeSequence(),
                instant(draft.observedAt()),
                draft.reconstructed() ? "reconstructed" : "live",
                config.host(),
                raw(path),
                previous == null ? null : raw(previous.path()),
                state(draft.stat()),
                null,
                gap(draft.gap()));
    }

    private @Nullable FileState state(@Nullable FileStat stat) {
        return stat == null
                ? null
                : new FileState(
                        stat.fileId(),
                        stat.kind(),
                        stat.size(),
                        stat.mode(),
                        accounts.user(stat.uid()),
                        accounts.group(stat.gid()),
                        stat.uid(),
                        stat.gid(),
                        stat.linkCount(),
                        stat.mtime(),
                        stat.ctime(),
                        stat.btime() == -1 ? null : stat.btime());
    }

    private static @Nullable Gap gap(Draft.@Nullable Blind blind) {
        if (blind == null) {
            return null;
        }
        @Nullable Long until = blind.until();
        return new Gap(blind.reason(), blind.detail(), instant(blind.since()), until == null ? null : instant(until));
    }

    private static @Nullable ByteBuffer raw(String path) {
        return PathText.isValidUnicode(path) ? null : ByteBuffer.wrap(PathText.encode(path));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
