package io.weir.schemas.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceholdersTest {
    @TempDir
    Path directory;

    @AutoClose
    private final Placeholders placeholders = new Placeholders(Map.of("SECRET", "from the environment"));

    private String fill(String value) {
        return Objects.requireNonNull(placeholders.fill(Map.of("name", value)).get("name"));
    }

    @Test
    void aValueComesFromTheEnvironmentAPropertiesFileOrAFileOfItsOwn() throws IOException {
        Files.writeString(directory.resolve("all.properties"), "user=me\npassword=a=b\n");
        Files.writeString(directory.resolve("password"), "two words\n");

        assertThat(fill("${env:SECRET}")).isEqualTo("from the environment");
        assertThat(fill("${file:" + directory + "/all.properties:password}")).isEqualTo("a=b");
        assertThat(fill("${directory:" + directory + ":password}")).isEqualTo("two words");
        assertThat(fill("u=\"${file:" + directory + "/all.properties:user}\" p=\"${env:SECRET}\";"))
                .isEqualTo("u=\"me\" p=\"from the environment\";");
    }

    @Test
    void whatIsNoPlaceholderStaysAsItIs() {
        assertThat(fill("a ${b} $c ${other:x}")).isEqualTo("a ${b} $c ${other:x}");
    }

    @Test
    void whatCannotBeFilledIsNamed() throws IOException {
        Files.writeString(directory.resolve("all.properties"), "user=me\n");

        assertThatThrownBy(() -> fill("${env:ABSENT}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("name: ${env:ABSENT} cannot be filled: there is no such environment variable");
        assertThatThrownBy(() -> fill("${file:" + directory + "/all.properties:absent}"))
                .hasMessageContaining("there is no such key or file");
        assertThatThrownBy(() -> fill("${file:" + directory + "/absent:user}"))
                .hasMessageContaining("cannot be filled");
        assertThatThrownBy(() -> fill("${directory:" + directory + ":absent}"))
                .hasMessageContaining("there is no such key or file");
    }
}
