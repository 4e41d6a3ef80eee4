package io.weir.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentDataTest {
    private static final List<String> SERVED = List.of("media", "backup");

    @TempDir
    private Path directory;

    private CommandContext context;

    @BeforeEach
    void context() {
        context = CommandRun.context(directory, Map.of());
    }

    @Test
    void oneAgentHasTheMarksOfAllVolumesUnlessToldOtherwise() {
        AgentData standard = AgentData.parse(List.of(), SERVED, context);
        assertThat(standard.marks("media")).isEqualTo(directory.resolve(".weir-agent/marks/media"));

        AgentData told = AgentData.parse(List.of("/var/lib/agent", "backup=other"), SERVED, context);
        assertThat(told.marks("media")).isEqualTo(Path.of("/var/lib/agent/marks/media"));
        assertThat(told.marks("backup")).isEqualTo(directory.resolve("other/marks/backup"));
    }

    @Test
    void aDirectoryMayHaveAnEqualsSign() {
        assertThat(AgentData.parse(List.of("/a=b"), SERVED, context).marks("media"))
                .isEqualTo(Path.of("/a=b/marks/media"));
    }

    @Test
    void whatIsGivenTwiceOrForAVolumeThatIsNotServedIsRefused() {
        assertThatThrownBy(() -> AgentData.parse(List.of("a", "b"), SERVED, context))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("--agent-data='b': given twice");
        assertThatThrownBy(() -> AgentData.parse(List.of("backup=a", "backup=b"), SERVED, context))
                .hasMessageContaining("--agent-data='backup=b': given twice");
        assertThatThrownBy(() -> AgentData.parse(List.of("vault=a"), SERVED, context))
                .hasMessageContaining("volume 'vault' is not served; expected one of [media, backup]");
    }
}
