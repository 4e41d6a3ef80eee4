package io.weir.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.ActionTypes;
import io.weir.rules.RuleFile;
import io.weir.worker.settings.Confinement.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each YAML block of docs/actions.md is a settings file or rules, without faults. */
class ActionsPageTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final String SETTINGS = "# worker.yaml";

    @TempDir
    Path directory;

    private String page;

    /** Has all commands and users. */
    private static final class Host implements HostTools {
        @Override
        public Optional<Path> find(String command) {
            return Optional.of(Path.of("/usr/bin", command));
        }

        @Override
        public boolean isRoot() {
            return true;
        }

        @Override
        public Optional<Account> account(String user) {
            return Optional.of(new Account(user, 1, 1));
        }
    }

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("../docs/actions.md")).replace("/etc/weir/", directory + "/");
        for (String name : List.of("inventory.secret", "mail.password", "nas.token", "ca.pem")) {
            Files.writeString(directory.resolve(name), "x");
        }
    }

    private List<String> blocks(boolean settings) {
        return BLOCK.matcher(page)
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.startsWith(SETTINGS) == settings)
                .toList();
    }

    @Test
    void theSettingsAreRight() throws SettingsException {
        assertThat(blocks(true)).hasSizeGreaterThan(4);
        for (String block : blocks(true)) {
            WorkerSettings.parse(block, "actions.md", new Host());
        }
    }

    @Test
    void theRulesAreRight() throws Exception {
        assertThat(blocks(false)).hasSizeGreaterThan(3);
        for (String block : blocks(false)) {
            String file =
                    block.startsWith("rules:") ? block : "rules:\n  - id: page\n    on: created\n" + block.indent(4);
            assertThat(RuleFile.parse(file, "actions.md", ActionTypes.discover())
                            .rules())
                    .isNotEmpty();
        }
    }
}
