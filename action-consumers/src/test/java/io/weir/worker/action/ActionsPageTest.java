package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.weir.rules.ActionTypes;
import io.weir.rules.RuleFile;
import io.weir.worker.ActionModule;
import io.weir.worker.WorkerApplication;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/actions.md is true of the modules. */
class ActionsPageTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private String page;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("../docs/actions.md"));
    }

    @Test
    void everyBlockIsAFileOfRulesOrOfSettingsWithoutFaults() {
        List<String> blocks = BLOCK.matcher(page).results().map(m -> m.group(1)).toList();
        assertThat(blocks).hasSizeGreaterThan(3);
        for (String block : blocks) {
            if (block.startsWith("rules:")) {
                assertThat(RuleFile.parse(block, "actions.md", ActionTypes.discover())
                                .faults())
                        .as(block)
                        .isEmpty();
            } else {
                assertThatCode(() -> WorkerSettings.parse(block, "actions.md"))
                        .as(block)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void everyActionHasARowThatNamesItsParameters() {
        for (ActionModule module : WorkerApplication.modules()) {
            String row = Pattern.compile("(?m)^\\| `" + module.name() + "` \\|.*$")
                    .matcher(page)
                    .results()
                    .map(MatchResult::group)
                    .findFirst()
                    .orElse("no row of '" + module.name() + "'");
            assertThat(module.parameters())
                    .allSatisfy(parameter -> assertThat(row).contains("`" + parameter.name()));
        }
    }
}
