package io.weir.agent;

import io.weir.agent.intake.Draft;
import io.weir.agent.source.AccountNames;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.posix.PathText;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.Gap;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Makes the records of one agent's events. Safe for all threads, if the account names are. */
public final class FileEvents {
    private final String agent;
    private final String host;
    private final AccountNames accounts;

    public FileEvents(String agent, String host, AccountNames accounts) {
        this.agent = agent;
        this.host = host;
        this.accounts = accounts;
    }

    /** The record of a draft, under this id. */
    public FileEvent of(Draft draft, long epoch, long sequence) {
        String path = draft.place().path();
        @Nullable Place previous = draft.previous();
        return new FileEvent(
                draft.type(),
                draft.place().volume(),
                PathText.display(path),
                previous == null ? null : PathText.display(previous.path()),
                null,
                agent,
                epoch,
                sequence,
                instant(draft.observedAt()),
                draft.reconstructed() ? "reconstructed" : "live",
                host,
                raw(path),
                previous == null ? null : raw(previous.path()),
                state(draft.stat()),
                null,
                gap(draft.gap()),
                draft.fileId());
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
                        stat.uid() < 0 ? null : stat.uid(),
                        stat.gid() < 0 ? null : stat.gid(),
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
