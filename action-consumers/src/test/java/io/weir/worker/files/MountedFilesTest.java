package io.weir.worker.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.worker.VolumeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link VolumeFilesContract} of a mounted volume, and what only such a one has. */
class MountedFilesTest extends VolumeFilesContract {
    @TempDir
    Path root;

    @Override
    protected VolumeFiles files() {
        return new MountedFiles("vol", root);
    }

    @Override
    protected User user() {
        return new HostUser(root);
    }

    @Test
    void whatIsThereAlreadyCostsNoCall() throws Exception {
        user.write("/a", "content");
        user.mode("/a", 04755);
        long ctime = FileStatus.lstat(root + "/a").ctime();
        var fields = Map.of("uid", Long.toString(entry("/a").uid()), "mode", "4755");
        assertThat(files.set(entry("/a"), fields).run()).isEmpty();
        assertThat(FileStatus.lstat(root + "/a").ctime()).isEqualTo(ctime);
    }

    @Test
    void aNameMayBeAnyBytes() throws Exception {
        user.write("/a", "x");
        String path = "/\udcff\udcfe";
        files.move("/a", path, id("/a")).run();
        assertThat(files.find(path)).isPresent();
        assertThat(files.list("/", 10)).extracting(VolumeFiles.Entry::path).containsExactly(path);
    }

    private record HostUser(Path root) implements User {
        private Path at(String path) {
            return root.resolve(path.substring(1));
        }

        @Override
        public void write(String path, String content) throws IOException {
            boolean fresh = !Files.exists(at(path));
            Files.writeString(at(path), content);
            if (fresh) {
                mode(path, 0644);
            }
        }

        @Override
        public void mode(String path, int mode) throws IOException {
            Files.setAttribute(at(path), "unix:mode", mode);
        }

        @Override
        public void directory(String path) throws IOException {
            Files.createDirectory(at(path));
        }

        @Override
        public void link(String path, String target) throws IOException {
            Files.createSymbolicLink(at(path), Path.of(target));
        }

        @Override
        public void name(String path, String existing) throws IOException {
            Files.createLink(at(path), at(existing));
        }

        @Override
        public void move(String from, String to) throws IOException {
            try (OpenPath top = OpenPath.directory(root.toString())) {
                top.move(from.substring(1), top, to.substring(1));
            }
        }

        @Override
        public void delete(String path) throws IOException {
            Files.delete(at(path));
        }

        @Override
        public String content(String path) throws IOException {
            return Files.readString(at(path));
        }

        @Override
        public List<String> names(String directory) throws IOException {
            try (Stream<Path> files = Files.list(at(directory))) {
                return files.map(file -> file.getFileName().toString()).toList();
            }
        }
    }
}
