package io.weir.worker.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.posix.Errno;
import io.weir.posix.OpenPath;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.MarkCodec;
import io.weir.schemas.marks.MarkName;
import io.weir.schemas.marks.MarkName.Phase;
import io.weir.worker.UnableToWorkException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The marks of one volume, as files in a directory that its agent watches. Written under a dot name, then renamed: the
 * agent sees each mark once, complete. Safe for all threads.
 */
final class MarkFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MarkFiles.class);

    private final String volume;
    private final Path directory;
    /** Ends the names that marks are written under: other workers write into the same directory. */
    private final String hiddenSuffix;
    /** End marks that could not be written. Until they are, the agent keeps these windows open. */
    private final Map<MarkName, EndMark> owed = new ConcurrentHashMap<>();

    private MarkFiles(String volume, Path directory, String worker) {
        this.volume = volume;
        this.directory = directory;
        this.hiddenSuffix = "." + URLEncoder.encode(worker, UTF_8);
    }

    /** @param worker no other running worker's id: what was begun under it was left by a process that died */
    static MarkFiles open(String volume, Path directory, String worker) throws IOException {
        Files.createDirectories(directory);
        MarkFiles marks = new MarkFiles(volume, directory, worker);
        marks.deleteUnfinished();
        return marks;
    }

    /** What this worker's process was writing when it died. Nobody reads it, and nobody else would delete it. */
    private void deleteUnfinished() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, this::isUnfinished)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean isUnfinished(Path file) {
        String name = file.getFileName().toString();
        int end = name.length() - hiddenSuffix.length();
        return end > 1
                && name.startsWith(".")
                && name.endsWith(hiddenSuffix)
                && MarkName.parse(name.substring(1, end)).isPresent();
    }

    /** The lowest number from {@code from} on for which no begin mark is there. */
    int freeAttempt(String actionId, int from) {
        int attempt = from;
        while (Files.exists(file(new MarkName(actionId, attempt, Phase.BEGIN)))) {
            attempt++;
        }
        return attempt;
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
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file(name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(decoder.decode(bytes));
        } catch (IOException e) {
            // Power failed before it reached the disk, say. One file must not keep the worker from its work.
            LOG.atWarn()
                    .addKeyValue("mark", file(name))
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
            writeFirst(new MarkName(mark.actionId(), mark.attempt(), Phase.BEGIN), mark);
        } catch (IOException e) {
            if (e instanceof PosixException posix && posix.errno() == Errno.EEXIST) {
                throw posix;
            }
            throw new UnableToWorkException(
                    "begin mark in '" + directory + "' (volume '" + volume + "') cannot be written: " + e
                            + "; no file is touched without it; check the directory and its disk",
                    e);
        }
    }

    /** Puts the end mark there; if that fails, it is owed, and tried again with {@link #settle}. */
    void end(EndMark mark) {
        MarkName name = new MarkName(mark.actionId(), mark.attempt(), Phase.END);
        try {
            write(name, mark);
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
                write(name, mark);
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
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.begin")) {
            for (Path file : files) {
                Optional<MarkName> name = MarkName.parse(file.getFileName().toString());
                if (name.isPresent()
                        && !Files.exists(file(
                                new MarkName(name.get().actionId(), name.get().attempt(), Phase.END)))) {
                    begun(name.get().actionId(), name.get().attempt())
                            .filter(mark -> mark.worker().equals(worker))
                            .ifPresent(open::add);
                }
            }
        }
        return open;
    }

    private void write(MarkName name, Record mark) throws IOException {
        Files.move(hidden(name, mark), file(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Under a name of this worker's own: another may be writing the same mark. */
    private Path hidden(MarkName name, Record mark) throws IOException {
        return Files.write(directory.resolve("." + name.fileName() + hiddenSuffix), MarkCodec.encode(mark));
    }

    /** Never replaces: the number may just have been taken by a worker that is believed dead and goes on. */
    private void writeFirst(MarkName name, Record mark) throws IOException {
        Path hidden = hidden(name, mark);
        try (OpenPath marks = OpenPath.directory(directory.toString())) {
            marks.move(hidden.getFileName().toString(), marks, name.fileName());
        } catch (PosixException e) {
            if (e.errno() == Errno.EINVAL) {
                Files.move(hidden, file(name)); // NFS knows no rename without replacing: checked, then renamed.
                return;
            }
            Files.deleteIfExists(hidden);
            throw e;
        }
    }

    private Path file(MarkName name) {
        return directory.resolve(name.fileName());
    }
}
