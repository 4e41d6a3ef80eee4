package io.weir.worker.run;

import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import io.weir.schemas.FileState;
import io.weir.worker.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory of this host. */
final class HostPremises implements Premises {
    private final Path root;
    private final Path marks;

    HostPremises(Path base) {
        root = base.resolve("root");
        marks = base.resolve("marks").resolve("vol");
    }

    @Override
    public void serve(ActionRunner runner) throws IOException {
        runner.serve(new VolumeMount("vol", Files.createDirectories(root), marks));
    }

    @Override
    public void write(String path, String content) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Override
    public FileState state(String path) throws IOException {
        return Bench.state(FileStatus.lstat(root + path));
    }

    @Override
    public boolean has(String path) {
        try {
            FileStatus.lstat(root + path);
            return true;
        } catch (PosixException e) {
            return false;
        }
    }

    @Override
    public String content(String path) throws IOException {
        return Files.readString(root.resolve(path.substring(1)));
    }

    @Override
    public List<String> names(String directory) throws IOException {
        return list(root.resolve(directory.substring(1)));
    }

    @Override
    public List<String> marks() {
        try {
            return list(marks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public byte[] mark(String name) throws IOException {
        return Files.readAllBytes(marks.resolve(name));
    }

    @Override
    public void putMark(String name, byte[] bytes) throws IOException {
        Files.write(marks.resolve(name), bytes);
    }
}
