package io.weir.cli.rule.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need rule files and no system. */
class RuleFilesTest {
    private static final String RULE =
            """
            lists: { mine: [%s] }
            rules:
              - id: %s
                on: written
                when: { extension: $mine, size: "> 1 kB" }
                actions: [ { quarantine: { to: /q } } ]
                tests:
                  - { event: { path: /a.zip, size: 2 kB }, expect: match }
                  - { name: too small, event: { path: /a.zip, size: 10 }, expect: no-match }
            """;

    @TempDir
    private Path directory;

    @Test
    void directoryMeansAllRuleFilesBelowInTheirOrder() throws IOException {
        write("rules/b.yml", RULE.formatted("zip", "b"));
        write("rules/a/a.yaml", RULE.formatted("zip", "a"));
        write("rules/.git/c.yaml", "nonsense");
        write("rules/notes.txt", "nonsense");

        CommandRun run = weir("test", "-f", "rules");

        assertThat(run.out())
                .isEqualTo(
                        """
                        ok      a: written /a.zip
                        ok      a: too small
                        ok      b: written /a.zip
                        ok      b: too small
                        """);
        assertThat(run.err()).isEqualTo("weir: 4 tests, none failed\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void failedTestsAreShownWithTheConditionAndTheValueSeen() throws IOException {
        write("a.yaml", RULE.formatted("rar", "a"));

        CommandRun run = weir("test", "-f", "a.yaml");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .isEqualTo(
                        """
                        FAILED  a: written /a.zip (a.yaml:8:9): expected match, but extension='zip': expected rar
                        ok      a: too small
                        """);
        assertThat(run.err()).isEqualTo("weir: 2 tests, 1 failed\n");
    }

    @Test
    void faultsOfAllFilesAreShownWithTheirFiles() throws IOException {
        write("rules/a.yaml", RULE.formatted("zip", "a").replace("written", "writen"));
        write("rules/b.yaml", RULE.formatted("zip", "b").replace("$mine", "$yours"));
        write("rules/c.yaml", RULE.formatted("zip", "c"));

        CommandRun run = weir("check", "-f", "rules");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(
                        "weir: of 3 rules files 2 are faulty, with 2 faults:\nrules/a.yaml:4:9: rule 'a': unknown event")
                .contains("\nrules/b.yaml:5:24: rule 'b': unknown list 'yours'");
    }

    @Test
    void ruleInTwoFilesIsAFaultThatNamesBothPlaces() throws IOException {
        write("one.yaml", RULE.formatted("zip", "a"));
        write("two.yaml", RULE.formatted("rar", "a"));

        CommandRun run = weir("check", "-f", "one.yaml", "-f", "two.yaml");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "two.yaml:3:5: rule 'a': duplicate rule id 'a': expected an id of its own; it already stands in"
                                + " one.yaml:3:5");
        assertThat(weir("check", "-f", "one.yaml", "-f", ".").err())
                .as("named twice")
                .contains("with 1 fault:");
    }

    @Test
    void standardInputIsAFileToo() {
        CommandRun run = CommandRun.fed(RULE.formatted("zip", "a"), directory, "rules", "check", "-f", "-");

        assertThat(run.out()).startsWith("-: 1 rule, no faults\n");
        assertThat(CommandRun.fed("rules: {}", directory, "rules", "test", "-f", "-")
                        .err())
                .contains("rules file='standard input' has 1 fault:\nstandard input:1:8: ");
    }

    @Test
    void rulesWithoutTestsAreSaidToHaveNone() throws IOException {
        write("a.yaml", "rules: []");

        CommandRun run = weir("test", "-f", "a.yaml");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("no tests: none of the rules has any under 'tests'");
    }

    @Test
    void schemaHasTheActionsThatAreInstalled() throws IOException {
        CommandRun run = weir("schema");

        JsonNode schema = new ObjectMapper().readTree(run.out());
        assertThat(run.code()).isZero();
        assertThat(schema.get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(List.of("quarantine", "rename", "chmod", "exec"))
                .allSatisfy(action ->
                        assertThat(schema.at("/$defs/action").findValue(action)).isNotNull());
        assertThat(weir("schema").out()).as("always the same").isEqualTo(run.out());
    }

    private CommandRun weir(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "rules";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.in(directory, all);
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolve("..").normalize());
        Files.writeString(file, text);
    }
}
