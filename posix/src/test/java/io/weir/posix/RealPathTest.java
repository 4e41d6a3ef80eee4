package io.weir.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealPathTest {
    @TempDir
    Path directory;

    @BeforeEach
    void real() throws IOException {
        directory = directory.toRealPath();
        Files.createDirectory(directory.resolve("d"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("d"));
        Files.createSymbolicLink(directory.resolve("dangling"), Path.of("link/later/x"));
        Files.createSymbolicLink(directory.resolve("round"), Path.of("round"));
    }

    @Test
    void linksAreResolvedAsFarAsThePathExists() {
        assertThat(RealPath.of(directory.resolve("link"))).isEqualTo(directory.resolve("d"));
        assertThat(RealPath.of(directory.resolve("link/a/b"))).isEqualTo(directory.resolve("d/a/b"));
        assertThat(RealPath.of(directory.resolve("d/../link/./a"))).isEqualTo(directory.resolve("d/a"));
    }

    @Test
    void aLinkToWhatIsNotThereLeadsThere() {
        assertThat(RealPath.of(directory.resolve("dangling/f"))).isEqualTo(directory.resolve("d/later/x/f"));
    }

    @Test
    void aLinkToItselfIsTakenAsItIs() {
        assertThat(RealPath.of(directory.resolve("round"))).isEqualTo(directory.resolve("round"));
    }
}
