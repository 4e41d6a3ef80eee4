package io.weir.worker.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.worker.ActionModule;
import io.weir.worker.WorkerApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of docs/actions.md is true of the modules. */
class ActionsTableTest {
    private String page;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("../docs/actions.md"));
    }

    @Test
    void everyActionHasARowThatNamesItsParameters() {
        for (ActionModule module : WorkerApplication.modules()) {
            if (!module.isForRules()) {
                continue;
            }
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
