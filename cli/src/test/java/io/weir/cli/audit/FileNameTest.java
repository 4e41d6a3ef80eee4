package io.weir.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class FileNameTest {
    private static FileName of(String text) {
        return new FileName.Converter().convert(text);
    }

    @Test
    void aPathIsOfAnyVolumeUnlessItIsNamed() {
        assertThat(of("/in/a:b").is("projects", "/in/a:b")).isTrue();
        assertThat(of("projects:/in/a").is("projects", "/in/a")).isTrue();
        assertThat(of("projects:/in/a").is("other", "/in/a")).isFalse();
        assertThat(of("projects:/in/a")).hasToString("projects:/in/a");
    }

    @Test
    void aFileIsWithinTheDirectoriesAboveIt() {
        assertThat(of("/in/a").isWithin("v", "/")).isTrue();
        assertThat(of("/in/a").isWithin("v", "/in")).isTrue();
        assertThat(of("/in/a").isWithin("v", "/in/a")).isTrue();
        assertThat(of("/inner/a").isWithin("v", "/in")).isFalse();
        assertThat(of("w:/in/a").isWithin("v", "/in")).isFalse();
    }

    @Test
    void whatIsNoPathIsRefused() {
        assertThatThrownBy(() -> of("a.zip"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'a.zip' is no path within a volume; expected one such as /in/a.zip");
    }
}
