package io.weir.agent.marks;

import io.weir.agent.source.MarksDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A marks directory on the host. */
public final class HostMarksDirectory implements MarksDirectory {
    private final Path directory;

    /** Makes the directory if it is not there. */
    public HostMarksDirectory(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    @Override
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        }
        return names;
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
    public Optional<String> identity(String name) throws IOException {
        try {
            BasicFileAttributes file = Files.readAttributes(directory.resolve(name), BasicFileAttributes.class);
            long changed = file.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            return Optional.of(file.fileKey() + " " + changed); // the number alone is used again
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        Path temporary = directory.resolve("." + name);
        Files.write(temporary, content);
        Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }
}
