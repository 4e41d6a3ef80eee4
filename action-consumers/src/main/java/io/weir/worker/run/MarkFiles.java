package io.weir.worker.run;

import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.MarkCodec;
import io.weir.schemas.marks.MarkName;
import io.weir.schemas.marks.MarkName.Phase;
import io.weir.worker.UnableToWorkException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The marks of one volume, as this worker reads and writes them. Safe for all threads. */
final class MarkFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MarkFiles.class);

    private final String volume;
    private final MarkFolder folder;
    /** End marks that could not be written. Until they are, the agent keeps these windows open. */
    private final Map<MarkName, EndMark> owed = new ConcurrentHashMap<>();

    MarkFiles(String volume, MarkFolder folder) {
        this.volume = volume;
        this.folder = folder;
    }

    /** Whether the begin mark of an attempt is there. */
    boolean hasBegun(String actionId, int attempt) {
        return folder.has(new MarkName(actionId, attempt, Phase.BEGIN).fileName());
    }

    /** The begin mark of an attempt, if it is there and can be read. */
    Optional<BeginMark> begun(String actionId, int attempt) throws IOException {
        return read(new MarkName(actionId, attempt, Phase.BEGIN), MarkCodec::decodeBegin);
    }

    /** The end mark of an attempt, whoever wrote it, if it is there and can be read. */
    Optional<EndMark> ended(String actionId, int attempt) throws IOException {
        return read(new MarkName(actionId, attempt, Phase.END), MarkCodec::decodeEnd);
    }

    private interface Decoder<M> {
        M decode(byte[] bytes) throws IOException;
    }

    private <M> Optional<M> read(MarkName name, Decoder<M> decoder) throws IOException {
        Optional<byte[]> bytes = folder.read(name.fileName());
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(decoder.decode(bytes.get()));
        } catch (IOException e) {
            // Power failed before it reached the disk, say. One file must not keep the worker from its work.
            LOG.atWarn()
                    .addKeyValue("mark", folder + "/" + name.fileName())
                    .addKeyValue("cause", e.getMessage())
                    .log("a mark cannot be read; the outcome of its attempt counts as unknown");
            return Optional.empty();
        }
    }

    /**
     * Puts the begin mark there; nothing may be touched before.
     *
     * @throws PosixException EEXIST if another process has just begun this attempt
     * @throws UnableToWorkException if it cannot be written
     */
    void begin(BeginMark mark) throws PosixException {
        settle();
        try {
            folder.putNew(
                    new MarkName(mark.actionId(), mark.attempt(), Phase.BEGIN).fileName(), MarkCodec.encode(mark));
        } catch (IOException e) {
            if (e instanceof PosixException posix && posix.errno() == Errno.EEXIST) {
                throw posix;
            }
            throw new UnableToWorkException(
                    "begin mark in '" + folder + "' (volume '" + volume + "') cannot be written: " + e
                            + "; no file is touched without it; check the directory and its disk",
                    e);
        }
    }

    /** Puts the end mark there; if that fails, it is owed, and tried again with {@link #settle}. */
    void end(EndMark mark) {
        MarkName name = new MarkName(mark.actionId(), mark.attempt(), Phase.END);
        try {
            folder.put(name.fileName(), MarkCodec.encode(mark));
        } catch (IOException e) {
            owed.put(name, mark);
        }
    }

    /**
     * Writes end marks that are owed.
     *
     * @return how many still are
     */
    synchronized int settle() {
        owed.forEach((name, mark) -> {
            try {
                folder.put(name.fileName(), MarkCodec.encode(mark));
                owed.remove(name);
            } catch (IOException e) {
                // Still owed; the caller reports the count.
                return;
            }
        });
        return owed.size();
    }

    /** Attempts of a worker that began and have no end mark. */
    List<BeginMark> open(String worker) throws IOException {
        List<BeginMark> open = new ArrayList<>();
        for (String file : folder.names()) {
            Optional<MarkName> name = MarkName.parse(file).filter(mark -> mark.phase() == Phase.BEGIN);
            if (name.isPresent()
                    && !folder.has(
                            new MarkName(name.get().actionId(), name.get().attempt(), Phase.END).fileName())) {
                begun(name.get().actionId(), name.get().attempt())
                        .filter(mark -> mark.worker().equals(worker))
                        .ifPresent(open::add);
            }
        }
        return open;
    }
}
