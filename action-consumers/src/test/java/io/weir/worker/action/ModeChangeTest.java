package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModeChangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0640 | 0777 | 0640 | 0640",
                "755 | 04600 | 0755 | 0755",
                "u+rwX,g-w,o= | 0026 | 0600 | 0700",
                "a+x | 0640 | 0751 | 0751",
                "+x | 0600 | 0711 | 0711",
                "a+X | 0600 | 0600 | 0711",
                "a+X | 0700 | 0711 | 0711",
                "u=rw,go=r | 0777 | 0644 | 0644",
                "g=u | 0640 | 0660 | 0660",
                "go= | 02755 | 0700 | 02700",
                "g=rx | 02770 | 0750 | 02750",
                "g=rxs | 0770 | 02750 | 02750",
                "u+s,+t | 0755 | 05755 | 05755",
                "a-s | 06755 | 0755 | 0755",
                "o+s | 0755 | 0755 | 0755",
                "u-x+w | 0500 | 0600 | 0600",
                "ug+rw-x=r | 0777 | 0447 | 0447",
            })
    void aModeIsReadAsChmodDoes(String text, String before, String file, String directory) {
        ModeChange change = ModeChange.parse(text).orElseThrow();
        assertThat(Integer.toOctalString(change.apply(Integer.parseInt(before, 8), false)))
                .as("file")
                .isEqualTo(Integer.toOctalString(Integer.parseInt(file, 8)));
        assertThat(Integer.toOctalString(change.apply(Integer.parseInt(before, 8), true)))
                .as("directory")
                .isEqualTo(Integer.toOctalString(Integer.parseInt(directory, 8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "64", "06400", "0689", "u", "u+q", "z+x", "u+x,", ",u+x", "u+x;g+w", "u+ugo", "rwx", "u+ x"})
    void whatIsNoModeIsNone(String text) {
        assertThat(ModeChange.parse(text)).isEmpty();
    }

    @Test
    void aModeThatDoesNotComeToRestIsTold() {
        for (String restless : List.of("u=g,g=o,o=u", "g=u,u=o", "u+x,g+X")) {
            assertThat(ModeChange.parse(restless).orElseThrow().isIdempotent())
                    .as(restless)
                    .isFalse();
        }
        for (String calm : List.of("0640", "u+rwX,g-w,o=", "g=u", "a+X", "-x")) {
            assertThat(ModeChange.parse(calm).orElseThrow().isIdempotent())
                    .as(calm)
                    .isTrue();
        }
    }

    @Test
    void theSystemsOwnChmodComesToTheSame(@TempDir Path directory) throws IOException, InterruptedException {
        Random random = new Random(7);
        List<String> texts =
                List.of("u+rwX,g-w,o=", "a+x", "ug=rw,o=r", "g=u", "a-w", "u+s", "o=g,a+X", "a=rX", "go-rwx");
        for (String text : texts) {
            Path file = Files.writeString(directory.resolve("f"), "");
            int mode = random.nextInt(01000);
            Files.setAttribute(file, "unix:mode", mode);
            assertThat(new ProcessBuilder("chmod", text, file.toString())
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
            int after = (int) Files.getAttribute(file, "unix:mode") & 07777;
            assertThat(ModeChange.parse(text).orElseThrow().apply(mode, false))
                    .as("%s of %o", text, mode)
                    .isEqualTo(after);
        }
    }
}
