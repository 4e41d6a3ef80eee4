package io.weir.worker.run;

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

/**
 * The marks of one volume, as files in a directory that its agent watches. Written under a dot name, then renamed: the
 * agent sees each mark once, complete. Safe for all threads.
 */
final class MarkFiles {
    private final String volume;
    private final Path directory;
    /** End marks that could not be written. Until they are, the agent keeps these windows open. */
    private final Map<MarkName, EndMark> owed = new ConcurrentHashMap<>();

    private MarkFiles(String volume, Path directory) {
        this.volume = volume;
        this.directory = directory;
    }

    static MarkFiles open(String volume, Path directory) throws IOException {
        Files.createDirectories(directory);
        return new MarkFiles(volume, directory);
    }

    /** The lowest number from {@code from} on for which no begin mark is there. */
    int freeAttempt(String actionId, int from) {
        int attempt = from;
        while (Files.exists(file(new MarkName(actionId, attempt, Phase.BEGIN)))) {
            attempt++;
        }
        return attempt;
    }

    /** The begin mark of an attempt, if it is still there. */
    Optional<BeginMark> begun(String actionId, int attempt) throws IOException {
        try {
            return Optional.of(
                    MarkCodec.decodeBegin(Files.readAllBytes(file(new MarkName(actionId, attempt, Phase.BEGIN)))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The end mark of an attempt, if it is there. */
    Optional<EndMark> ended(String actionId, int attempt) throws IOException {
        try {
            return Optional.of(
                    MarkCodec.decodeEnd(Files.readAllBytes(file(new MarkName(actionId, attempt, Phase.END)))));
        } catch (NoSuchFileException e) {
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
    int settle() {
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

    /** Under a name of this process's own: another may be writing the same mark. */
    private Path hidden(MarkName name, Record mark) throws IOException {
        Path hidden = directory.resolve(
                "." + name.fileName() + "." + ProcessHandle.current().pid());
        return Files.write(hidden, MarkCodec.encode(mark));
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
