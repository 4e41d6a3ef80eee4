package io.weir.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import io.weir.cli.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path directory;

    @Test
    void eachFindingIsALineAndABlindOneHasItsFix() {
        CommandRun run = CommandRun.in(directory, "doctor", "missing");

        assertThat(run.code()).isEqualTo(ExitCode.DIFFERENCES);
        assertThat(run.out())
                .contains("blind  directories: directory='missing' cannot be watched: no such file or directory")
                .contains("         fix: name a directory that is there")
                .contains("inotify watches: 0 needed; fs.inotify.max_user_watches=")
                .contains("note   Kafka and registry: not looked at");
    }

    @Test
    void asJson() {
        CommandRun run = CommandRun.in(directory, "doctor", "--json", ".");

        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line).startsWith("{\"kind\":\"finding\",\"severity\":\""))
                .anySatisfy(line -> assertThat(line).contains("\"subject\":\"mounts\",\"message\":\"'" + directory));
    }

    @Test
    void aClusterThatIsAwayIsBlind() {
        CommandRun run = CommandRun.in(
                directory, "doctor", "--bootstrap-servers", "127.0.0.1:1", "--schema-registry", "http://127.0.0.1:1");

        assertThat(run.code()).isEqualTo(ExitCode.DIFFERENCES);
        assertThat(run.out()).contains("blind  Kafka and registry: bootstrap servers='127.0.0.1:1'");
    }
}
