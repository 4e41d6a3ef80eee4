package io.weir.agent.marks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMarksDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void aFileIsToldFromALaterOneOfItsName() throws IOException {
        HostMarksDirectory marks = new HostMarksDirectory(directory);
        assertThat(marks.identity("a.1.begin")).isEmpty();
        marks.put("a.1.begin", new byte[] {1});
        String first = marks.identity("a.1.begin").orElseThrow();
        assertThat(marks.identity("a.1.begin")).contains(first);
        marks.put("a.1.begin", new byte[] {1});
        assertThat(marks.identity("a.1.begin")).isPresent().get().isNotEqualTo(first);
    }
}
