package io.weir.cli.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRulesCommandTest {
    @TempDir
    private Path directory;

    @Test
    void examplesAreSound() {
        String file = CommandRun.installation().resolve("examples/rules.yaml").toString();

        CommandRun run = CommandRun.in(directory, "rules", "check", "-f", file);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .matches("\\S+rules.yaml: \\d+ rules, no faults\\R"
                        + "cost: at most \\d+ condition evaluations for one event, of 10000 allowed\\R");
    }

    @Test
    void rulesThatCostTooMuchAreRefusedWithTheMostExpensive() throws IOException {
        StringBuilder rules = new StringBuilder("rules:\n");
        for (int i = 0; i < 2_501; i++) {
            rules.append("  - {id: r").append(i).append(", on: created, actions: [quarantine: {to: /q}],");
            rules.append(" when: [{mode: [any 0002, any 0020, any 6000]}]}\n");
        }
        Files.writeString(directory.resolve("dear.yaml"), rules);

        CommandRun run = CommandRun.in(directory, "rules", "check", "-f", "dear.yaml");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("rules file='dear.yaml': cost=10004 condition evaluations for one event: expected at most")
                .contains("most expensive: 'r0' (4), 'r1' (4)")
                .contains("and 2496 more");
    }

    @Test
    void faultsHaveFileLineAndColumn() throws IOException {
        Files.writeString(directory.resolve("bad.yaml"), "rules:\n  - id: x\n    on: created\n    actins: []\n");

        CommandRun run = CommandRun.in(directory, "rules", "check", "-f", "bad.yaml");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("bad.yaml:4:5: rule 'x': ").contains("actions");
    }

    @Test
    void brokenYamlHasItsPlaceToo() throws IOException {
        Files.writeString(directory.resolve("bad.yaml"), "rules:\n  - id: [x\n");

        CommandRun run = CommandRun.in(directory, "rules", "check", "-f", "bad.yaml");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).containsPattern("bad\\.yaml:\\d+:\\d+: ");
    }

    @Test
    void fileThatIsNoTextAndDirectoryWithoutRulesAreRefused() throws IOException {
        Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(CommandRun.in(directory, "rules", "check", "-f", "binary.yaml")
                        .err())
                .contains("is not UTF-8 text");
        Files.createDirectory(directory.resolve("empty"));
        assertThat(CommandRun.in(directory, "rules", "check", "-f", "empty").err())
                .contains("rules directory='empty' has no rule file: expected *.yaml or *.yml");
        assertThat(CommandRun.in(directory, "rules", "check").code()).isEqualTo(2);
    }

    @Test
    void rulesThatMayProvokeEachOtherAreTold() throws IOException {
        Files.writeString(
                directory.resolve("cycle.yaml"),
                """
                rules:
                  - { id: in, on: [written, moved], when: { path: "/in/*.zip" },
                      actions: [rename: { to: "/out/{event.name}" }] }
                  - { id: out, on: moved, when: { path: "/out/**" }, actions: [rename: { to: "/in/{event.name}" }] }
                """);

        CommandRun run = CommandRun.in(directory, "rules", "check", "-f", "cycle.yaml");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("cycle.yaml: 2 rules, no faults");
        assertThat(run.err())
                .isEqualTo(
                        """
                        weir: rules may provoke each other: in -> out -> in
                          'in': rename may cause moved on /out/a.zip, which 'out' is about
                          'out': rename may cause moved on /in/a.zip, which 'in' is about
                          it ends at 'in', which is only for events that no action caused
                        """);
    }

    @Test
    void rulesThatProvokeEachOtherByActionsHaveToSayHowFar() throws IOException {
        String rule = "rules:\n  - { id: r, on: moved, causes: [external, action]%s,"
                + " actions: [rename: { to: '/x/{event.name}' }] }\n";
        Files.writeString(directory.resolve("silent.yaml"), rule.formatted(""));
        Files.writeString(directory.resolve("stated.yaml"), rule.formatted(", max-depth: 2"));

        CommandRun silent = CommandRun.in(directory, "rules", "check", "-f", "silent.yaml");
        CommandRun stated = CommandRun.in(directory, "rules", "check", "-f", "stated.yaml");

        assertThat(silent.code()).isEqualTo(1);
        assertThat(silent.err())
                .contains("silent.yaml:2:5: rule 'r' reacts to what actions caused, lies on a cycle of such rules")
                .contains("expected 'max-depth'")
                .contains("rule 'r' may provoke itself");
        assertThat(stated.code()).isZero();
        assertThat(stated.err()).contains("it ends after 3 actions at most, by 'max-depth'");
    }
}
