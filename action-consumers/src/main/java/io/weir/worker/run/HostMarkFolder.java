package io.weir.worker.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.posix.Errno;
import io.weir.posix.OpenPath;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.MarkName;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A directory on the host. Files are written under a dot name, then renamed: the agent sees each once, complete. */
final class HostMarkFolder implements MarkFolder {
    private final Path directory;
    /** Ends the names that marks are written under: other workers write into the same directory. */
    private final String hiddenSuffix;

    /**
     * Makes the directory if it is not there, and deletes what this worker's process was writing when it died: nobody reads
     * it, and nobody else would delete it.
     *
     * @param worker no other running worker's id
     */
    HostMarkFolder(Path directory, String worker) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.hiddenSuffix = "." + URLEncoder.encode(worker, UTF_8);
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

    @Override
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    @Override
    public boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        Files.move(hidden(name, content), directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void putNew(String name, byte[] content) throws IOException {
        Path hidden = hidden(name, content);
        try (OpenPath marks = OpenPath.directory(directory.toString())) {
            marks.move(hidden.getFileName().toString(), marks, name);
        } catch (PosixException e) {
            if (e.errno() == Errno.EINVAL) {
                Files.move(hidden, directory.resolve(name)); // NFS: no rename without replacing; checked, then renamed.
                return;
            }
            Files.deleteIfExists(hidden);
            throw e;
        }
    }

    /** Under a name of this worker's own: another may be writing the same mark. */
    private Path hidden(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve("." + name + hiddenSuffix), content);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
