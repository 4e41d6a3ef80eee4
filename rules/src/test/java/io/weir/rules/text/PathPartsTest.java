package io.weir.rules.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPartsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            /a/b.txt    | /a | b.txt    | b     | txt
            /b.txt      | /  | b.txt    | b     | txt
            /a/b.tar.gz | /a | b.tar.gz | b.tar | gz
            /a/.bashrc  | /a | .bashrc  | .bashrc | ''
            /a/.b.c     | /a | .b.c     | .b    | c
            /a/b.       | /a | b.       | b.    | ''
            /a.d/b      | /a.d | b      | b     | ''
            /           | /  | ''       | ''    | ''
            """)
    void takesPathsApart(String path, String directory, String name, String stem, String extension) {
        assertThat(PathParts.directory(path)).isEqualTo(directory);
        assertThat(PathParts.name(path)).isEqualTo(name);
        assertThat(PathParts.stem(path)).isEqualTo(stem);
        assertThat(PathParts.extension(path)).isEqualTo(extension);
    }

    @ParameterizedTest
    @CsvSource({"/, 0", "/a, 1", "/a/b, 2", "/a/b/c.txt, 3"})
    void countsTheNamesOfAPath(String path, int depth) {
        assertThat(PathParts.depth(path)).isEqualTo(depth);
    }
}
