package io.weir.rules.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.Rule;
import io.weir.rules.Rules;
import io.weir.rules.TestActions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCyclesTest {
    private static RuleCycles among(String... definitions) {
        List<Rule> rules = new ArrayList<>();
        for (String definition : definitions) {
            rules.add(Rules.definition("{" + definition + "}"));
        }
        return RuleCycles.among(rules, TestActions.TYPES);
    }

    private static List<String> paths(RuleCycles cycles) {
        return cycles.cycles().stream().map(Cycle::path).toList();
    }

    @Test
    void ruleThatReactsToWhatItsOwnActionDoes() {
        RuleCycles cycles =
                among("id: r, on: moved, when: {name: '*.zip'}, actions: [note, rename: {to: '{event.path}.zip'}]");

        assertThat(cycles.cycles().get(0).describe())
                .containsExactly(
                        "rule 'r' may provoke itself",
                        "  'r': rename may cause moved on /a.zip.zip, which 'r' is about",
                        "  it ends at 'r', which is only for events that no action caused");
    }

    @Test
    void rulesThatUndoEachOther() {
        RuleCycles cycles = among(
                "id: a, on: attributes-changed, when: {path: '/x/*'}, actions: [chmod: {mode: '0640'}]",
                "id: b, on: attributes-changed, when: {path: '/x/*'}, actions: [chmod: {mode: '0600'}, note]",
                "id: c, on: attributes-changed, when: {path: '/x/*'}, actions: [chmod: {mode: '0600'}]");

        assertThat(paths(cycles)).containsExactlyInAnyOrder("a -> b -> a", "c -> a -> c");
    }

    @Test
    void rulesThatHandAFileToAndFro() {
        RuleCycles cycles = among(
                "id: b, on: moved, when: {path: /out/**}, actions: [rename: {to: '/in/{event.name}'}]",
                "id: a, on: [written, moved], when: {path: /in/*.zip}, actions: [note, rename: {to: '/out/{event.name}'}]",
                "id: c, on: moved, when: {path: /elsewhere/**}, actions: [rename: {to: '/in/{event.name}'}]");

        assertThat(cycles.cycles().get(0).describe())
                .containsExactly(
                        "rules may provoke each other: a -> b -> a",
                        "  'a': rename may cause moved on /out/a.zip, which 'b' is about",
                        "  'b': rename may cause moved on /in/a.zip, which 'a' is about",
                        "  it ends at 'a', which is only for events that no action caused");
        assertThat(cycles.cycles()).hasSize(1);
        assertThat(cycles.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Its own results are not in what it is about.
                "id: r, on: [created, moved], when: {path: '/in/*'}, actions: [quarantine: {to: /.q}]",
                "id: r, on: [written, moved], when: {extension: zip}, actions: [rename: {to: '{event.path}.done'}]",
                "id: r, on: moved, when: {all: [path: '/in/**', not: {path: '/in/.q/**'}]},"
                        + " actions: [quarantine: {to: /in/.q}]",
                "id: r, on: moved, when: {name: 'a*'}, actions: [rename: {to: '{event.directory}/x-{event.name}'}]",
                // Its types are not what it causes.
                "id: r, on: written, actions: [chmod: {mode: '0640'}]",
                "id: r, on: attributes-changed, actions: [rename: {to: '/x/{event.name}'}]",
                "id: r, on: created, when: {kind: file, path: '/x/**'}, actions: [rename: {to: '/x/y/z'}],"
                        + " volume: nowhere, mode: off",
                // It finds its own results as it wants them.
                "id: r, on: attributes-changed, actions: [note, chmod: {mode: '0640'}]",
                "id: r, on: [created, moved], when: {path: '/**'}, actions: [quarantine: {to: /.q}]",
                // It touches no files.
                "id: r, on: created, actions: [note]",
                // Only directories come about there.
                "id: r, on: created, when: {kind: file, directory: /x}, actions: [rename: {to: '/x/y/{event.name}'}]",
            })
    void rulesThatCannotProvokeThemselves(String rule) {
        assertThat(paths(among(rule))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id: r, on: [created, moved], when: {path: '/**'}, actions: [quarantine: {to: /.q}, rename: {to: /y/z}]",
                "id: r, on: moved, when: {path: '/{event,x}/**'}, actions: [rename: {to: '{event.directory}/a'}]",
                "id: r, on: moved, when: {name: 'a*'}, actions: [rename: {to: '/x/{event.name}'}]",
                "id: r, on: deleted, when: {path: '/in/**'}, actions: [rename: {to: /x/y}]",
                "id: r, on: created, when: {kind: directory, directory: /x}, actions: [rename: {to: '/x/y/{event.name}'}]",
                "id: r, on: written, when: {path: '/in/**'}, actions: [exec: {run: scan}]",
                "id: r, on: moved, mode: shadow, actions: [rename: {to: '/{time:yyyy}/{event.name}'}]",
                "id: r, on: moved, when: {extension: ''}, actions: [rename: {to: '/x/{event.stem}.{event.extension}'}]",
                "id: r, on: moved, when: {directory: /}, actions: [rename: {to: '{event.directory}/x'}]",
            })
    void rulesThatMayProvokeThemselves(String rule) {
        assertThat(paths(among(rule))).containsExactly("'r'");
    }

    @Test
    void volumesThatDifferKeepRulesApart() {
        String there = "id: a, volume: 'home-*', on: moved, when: {path: /a/*}, actions: [rename: {to: /b/x}]";

        assertThat(paths(among(
                        there, "id: b, volume: data, on: moved, when: {path: /b/*}, actions: [rename: {to: /a/x}]")))
                .isEmpty();
        assertThat(paths(among(
                        there, "id: b, volume: home-1, on: moved, when: {path: /b/*}, actions: [rename: {to: /a/x}]")))
                .containsExactly("a -> b -> a");
    }

    @Test
    void onlyDepthEndsACycleWhoseRulesAllReactToActions() {
        String a = "id: a, on: moved, causes: [external, action], when: {path: /a/*}, actions: [rename: {to: /b/x}]";
        String b = "id: b, on: moved, causes: [external, action], max-depth: 3, when: {path: /b/*},"
                + " actions: [rename: {to: /a/x}]";
        String external = "id: b, on: moved, when: {path: /b/*}, actions: [rename: {to: /a/x}]";

        RuleCycles cycles = among(a, b);

        assertThat(cycles.boundedByDepthAlone("a"))
                .get()
                .extracting(Cycle::path)
                .isEqualTo("a -> b -> a");
        assertThat(cycles.cycles().get(0).describe())
                .last()
                .isEqualTo("  it ends after 3 actions at most, by 'max-depth'");
        assertThat(among(a, external).boundedByDepthAlone("a")).isEmpty();
        assertThat(paths(among(a, external))).containsExactly("a -> b -> a");
    }

    @Test
    void mostActionsAreThoseOfTheLongestChain() {
        RuleCycles cycles = among("id: a, on: moved, causes: action, max-depth: 5, actions: [rename: {to: /b/x}]");

        assertThat(cycles.cycles().get(0).mostActions())
                .as("no event from outside begins it")
                .isZero();
    }

    @Test
    void thousandsOfRulesAreSearchedQuickly() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            rules.add(Rules.definition("{id: r" + i + ", on: [created, written, moved], when: {path: /projects/p" + i
                    + "/**, extension: [zip, mp4]}, actions: [quarantine: {to: /.quarantine}]}"));
        }
        rules.add(Rules.definition("{id: z, on: moved, when: {path: /.quarantine/**}, actions: [rename: {to:"
                + " '/projects/p7/{event.name}'}]}"));

        RuleCycles cycles = RuleCycles.among(rules, TestActions.TYPES);

        assertThat(paths(cycles)).containsExactly("r7 -> z -> r7");
        assertThat(cycles.isComplete()).isTrue();
    }

    @Test
    void saysWhenNotAllPairsWereLookedAt() {
        List<Rule> rules = List.of(
                Rules.definition("{id: a, on: attributes-changed, actions: [chmod: {mode: '0640'}]}"),
                Rules.definition("{id: b, on: attributes-changed, actions: [chmod: {mode: '0600'}]}"));

        assertThat(RuleCycles.among(rules, TestActions.TYPES, 3).isComplete()).isFalse();
        assertThat(RuleCycles.among(rules, TestActions.TYPES, 4).isComplete()).isTrue();
    }
}
