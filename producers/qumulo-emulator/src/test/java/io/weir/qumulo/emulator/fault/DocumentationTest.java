package io.weir.qumulo.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of the emulator says what there is. */
class DocumentationTest {
    private final String page;

    DocumentationTest() throws IOException {
        page = Files.readString(Path.of("../../docs/qumulo-emulator.md"));
    }

    @Test
    void itsScriptsAreScripts() {
        Matcher blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(blocks.results().map(block -> Script.parse(block.group(1)).steps()))
                .isNotEmpty()
                .allMatch(steps -> !steps.isEmpty());
    }

    @Test
    void itNamesEachFaultAndEachSwitch() {
        assertThat(FaultKind.scriptNames()).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        assertThat(SwitchNames.all()).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
}
