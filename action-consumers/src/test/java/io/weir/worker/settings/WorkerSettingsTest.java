package io.weir.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.marks.Effect;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {
    @Test
    void anEmptyFileIsTheDefaults() throws SettingsException {
        assertThat(WorkerSettings.parse("# nothing\n", "f")).isEqualTo(WorkerSettings.defaults());
        assertThat(WorkerSettings.defaults().refusal("delete")).isEmpty();
        assertThat(WorkerSettings.defaults().threads()).isEqualTo(new Setting<>(16, "default"));
    }

    @Test
    void everythingCanBeSet() throws SettingsException {
        WorkerSettings settings = WorkerSettings.parse(
                """
                actions: [chmod, exec]
                special-modes: true
                roots: {web: [/in, /out], db: /}
                owners: [alice, "1000"]
                groups: staff
                hard-links: true
                threads: 3
                programs:
                  scan:
                    command: [/usr/bin/scan, --quick, "a b"]
                    timeout: 1500ms
                    scope: ["/out/**", "**/*.log"]
                  note: {command: /bin/true}
                """,
                "f");
        assertThat(settings.actions()).isEqualTo(new Setting<>(Optional.of(Set.of("chmod", "exec")), "f:1"));
        assertThat(settings.refusal("exec")).isEmpty();
        assertThat(settings.files().specialModes()).isEqualTo(new Setting<>(true, "f:2"));
        assertThat(settings.files().rootsOf("web")).isEqualTo(new Setting<>(List.of("/in", "/out"), "f:3"));
        assertThat(settings.files().rootsOf("db")).isEqualTo(new Setting<>(List.of("/"), "f:3"));
        assertThat(settings.files().rootsOf("other").value()).isEmpty();
        assertThat(settings.files().owners()).isEqualTo(new Setting<>(Optional.of(Set.of("alice", "1000")), "f:4"));
        assertThat(settings.files().groups()).isEqualTo(new Setting<>(Optional.of(Set.of("staff")), "f:5"));
        assertThat(settings.files().hardLinks()).isEqualTo(new Setting<>(true, "f:6"));
        assertThat(settings.threads()).isEqualTo(new Setting<>(3, "f:7"));
        assertThat(settings.programs())
                .containsEntry(
                        "scan",
                        new Program(
                                "scan",
                                List.of("/usr/bin/scan", "--quick", "a b"),
                                Duration.ofMillis(1500),
                                List.of("/out/**", "**/*.log")))
                .containsEntry("note", new Program("note", List.of("/bin/true"), Duration.ofSeconds(30), List.of()));
    }

    @Test
    void thePolicyIsShownWithThePlacesThatSetIt() throws SettingsException {
        WorkerSettings settings = WorkerSettings.parse(
                """
                actions: [move, chmod]
                roots: {web: [/in, /out]}
                programs: {note: {command: /bin/true}}
                """,
                "w.yaml");
        assertThat(settings.inWords())
                .containsExactly(
                        "actions: [chmod, move]                   # w.yaml:1",
                        "roots:",
                        "  web: [/in, /out]                       # w.yaml:2",
                        "special-modes: false                     # default",
                        "owners: all                              # default",
                        "groups: all                              # default",
                        "threads: 16                              # default",
                        "programs:",
                        "  note: {command: [/bin/true], timeout: 30000ms, scope: []}");
    }

    @Test
    void aRefusalNamesTheLineOfThePolicy() throws Exception {
        WorkerSettings settings = WorkerSettings.parse("actions: [move]\nroots: [/in, /out]\n", "w.yaml");
        assertThat(settings.refusal("chmod"))
                .contains("action 'chmod' is not among 'actions' (w.yaml:1); change the"
                        + " worker's settings, or the rule");
        assertThat(settings.files().refusal("v", new Effect.Move("/in/a", "/out/a", "1:1")))
                .isEmpty();
        assertThat(settings.files().refusal("v", new Effect.Move("/in/a", "/outside/a", "1:1")))
                .contains("path='/outside/a' of volume 'v' lies outside of 'roots' [/in, /out] (w.yaml:2); change the"
                        + " worker's settings, or the rule");
        assertThat(settings.files().refusal("v", new Effect.Delete("/a", "1:1")))
                .isPresent();
        assertThat(settings.files().refusal("v", new Effect.Create("/a", true))).isPresent();
        assertThat(settings.files().refusal("v", new Effect.SetFields("/a", "1:1", Map.of(), false)))
                .isPresent();
        assertThat(settings.files().refusal("v", new Effect.Content("/a", "1:1")))
                .isPresent();
    }

    @Test
    void filesAreGivenOnlyToThoseWhomThePolicyNamesByNameOrNumber() throws Exception {
        FilePolicy policy = WorkerSettings.parse("owners: [root, '1234']\ngroups: [root, no-such]\n", "w.yaml")
                .files();
        for (String permitted : List.of("0", "1234")) {
            assertThat(policy.refusal("v", given("uid", permitted))).isEmpty();
        }
        assertThat(policy.refusal("v", given("gid", "0"))).isEmpty();
        assertThat(policy.refusal("v", given("mode", "0640"))).isEmpty();
        assertThat(policy.refusal("v", given("uid", "77")))
                .contains("path='/a': owner 77 is not among 'owners' [1234, root] (w.yaml:1); change the worker's"
                        + " settings, or the rule");
        assertThat(policy.refusal("v", given("gid", "1234")))
                .contains("path='/a': group 1234 is not among 'groups' [no-such, root] (w.yaml:2); change the worker's"
                        + " settings, or the rule");
        assertThat(FilePolicy.DEFAULT.refusal("v", given("uid", "77"))).isEmpty();
    }

    private static Effect given(String field, String value) {
        return new Effect.SetFields("/a", "1:1", Map.of(field, value), false);
    }

    @Test
    void allFaultsAreToldWithTheirPlaces() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> WorkerSettings.parse(
                        """
                        action: [chmod]
                        special-modes: maybe
                        threads: 0
                        programs:
                          p: {command: [scan], timeout: soon}
                          q: {command: [scan]}
                          r: {timeout: 1s, shell: true}
                          r: {command: /bin/true}
                          "a b": {command: /bin/true}
                          s: {command: /bin/true, scope: [out, "/a["]}
                        """,
                        "w.yaml"))
                .satisfies(e -> assertThat(e.faults())
                        .satisfiesExactly(
                                f -> assertThat(f).startsWith("w.yaml:1:1: unknown key 'action' in the settings"),
                                f -> assertThat(f)
                                        .isEqualTo("w.yaml:2:16: special-modes='maybe': expected true or false"),
                                f -> assertThat(f).isEqualTo("w.yaml:3:10: threads='0': expected 1 to 1024"),
                                f -> assertThat(f).startsWith("w.yaml:5:33: timeout='soon': expected a number"),
                                f -> assertThat(f)
                                        .startsWith("w.yaml:6:6: program 'q': command='[scan]': expected the absolute"),
                                f -> assertThat(f).startsWith("w.yaml:7:20: unknown key 'shell' in program 'r'"),
                                f -> assertThat(f).isEqualTo("w.yaml:8:3: program name='r': given twice"),
                                f -> assertThat(f).startsWith("w.yaml:9:3: program name='a b'"),
                                f -> assertThat(f).startsWith("w.yaml:10:34: scope='out': expected a glob"),
                                f -> assertThat(f).startsWith("w.yaml:10:34: scope: ")));
    }

    @Test
    void whatIsNotYamlOrNoMappingIsToldWithItsPlace() {
        assertThatThrownBy(() -> WorkerSettings.parse("programs: [a", "f"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("f:1:13: not YAML: ");
        assertThatThrownBy(() -> WorkerSettings.parse("- a", "f"))
                .hasMessage("f:1:1: the settings: expected a mapping with the keys actions, roots, special-modes,"
                        + " owners, groups, hard-links, threads, programs");
    }

    @Test
    void aFileThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> WorkerSettings.load(Path.of("/does/not/exist")))
                .isInstanceOf(IOException.class)
                .hasMessage("worker settings file='/does/not/exist' does not exist");
    }
}
