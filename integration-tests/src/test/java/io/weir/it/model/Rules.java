package io.weir.it.model;

import io.weir.filter.ActiveRules;
import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.RuleSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Rules that schedules draw from: each alone could loop, and some pairs undo each other. */
final class Rules {
    private static final List<String> DEFINITIONS = List.of(
            "{id: mode, on: attributes-changed, actions: [{chmod: {mode: '0640'}}]}",
            "{id: other-mode, on: attributes-changed, when: {kind: file}, actions: [{chmod: {mode: '0600'}}]}",
            "{id: home, on: [moved, moved-in], when: {kind: file, not: {path: '/in/*'}},"
                    + " actions: [{rename: {to: '/in/{event.name}'}}]}",
            "{id: away, on: [moved, moved-in], when: {path: '/in/*'}, actions: [{rename: {to: '/out/{event.name}'}}]}",
            "{id: put-away, on: [created, written], when: {kind: file}, actions: [{quarantine: {to: /q}}]}",
            "{id: put-again, on: [written, moved, moved-in], when: {path: '/q/**'},"
                    + " actions: [{quarantine: {to: /r}}]}",
            "{id: put-directory, on: moved, when: {kind: directory}, actions: [{quarantine: {to: /q}}]}",
            "{id: longer, on: moved, when: {kind: file}, causes: [external, action], max-depth: 2,"
                    + " actions: [{rename: {to: '{event.path}x'}}]}",
            "{id: mode-again, on: [attributes-changed, moved], causes: [external, action],"
                    + " actions: [{chmod: {mode: '0600'}}]}",
            "{id: both, on: written, when: {path: '/in/**'},"
                    + " actions: [{chmod: {mode: '0440'}}, {rename: {to: '/done/{event.name}'}}]}",
            "{id: run, on: [created, written, attributes-changed], when: {path: '/out/**'}, actions: [{append: {}}]}");

    /** Of several fields, and of many files at once: drawn for seeds from here on, so that those below stay as they are. */
    static final long FURTHER_SEEDS = 1_000_000;

    private static final List<String> FURTHER_DEFINITIONS = List.of(
            "{id: owner, on: attributes-changed, actions: [{chown: {owner: '5', group: '6'}}]}",
            "{id: tree, on: [attributes-changed, moved], when: {kind: directory},"
                    + " actions: [{chmod: {mode: 'u=rwX,g=', recursive: true}}]}");

    /** That copy, delete, and take or replace names: for seeds from here on, which have the further rules, too. */
    static final long COPYING_SEEDS = 2_000_000;

    private static final List<String> COPYING_DEFINITIONS = List.of(
            "{id: backup, on: [created, written, moved], when: {kind: file},"
                    + " actions: [{copy: {to: /backup/, on-exists: number}}]}",
            "{id: current, on: [written, attributes-changed], when: {kind: file},"
                    + " actions: [{copy: {to: /backup/current, on-exists: replace}}]}",
            "{id: tree-backup, on: [moved, attributes-changed], when: {kind: directory},"
                    + " actions: [{copy: {to: /trees/, on-exists: number, recursive: true}}]}",
            "{id: remove, on: [attributes-changed, moved], when: {any: [{path: '/x/**'}, {path: '/backup/**'}]},"
                    + " actions: [{delete: {confirm: true, keep: '0'}}]}",
            "{id: throw-away, on: [created, written, moved], when: {kind: file, path: '/out/**'},"
                    + " actions: [{delete: {confirm: true, to: /trash}}]}",
            "{id: collect, on: [written, moved, moved-in], when: {kind: file},"
                    + " actions: [{move: {to: /all/, on-exists: number}}]}",
            "{id: latest, on: [written, moved], when: {kind: file},"
                    + " actions: [{move: {to: /in/latest, on-exists: replace}}]}",
            "{id: copy-and-move, on: written, when: {path: '/in/**'},"
                    + " actions: [{copy: {to: /backup/}}, {move: {to: /done/, on-exists: number}}]}",
            "{id: copy-again, on: [created, moved], when: {path: '/backup/*'}, causes: [external, action], max-depth: 2,"
                    + " actions: [{copy: {to: '{event.path}x'}}]}");

    private static final List<Rule> ALL = compile(DEFINITIONS);
    private static final List<Rule> FURTHER = compile(FURTHER_DEFINITIONS);
    private static final List<Rule> COPYING = compile(COPYING_DEFINITIONS);

    private Rules() {}

    private static List<Rule> compile(List<String> definitions) {
        SimulatedVolume none = new SimulatedVolume(
                "none",
                new SimulatedFiles(new KernelQueue(), new Truth(s -> {}), new Random(0)),
                SimulatedVolume.Hands.NONE);
        ActionTypes types = ActionTypes.of(WorkerProcess.modules(none));
        List<Rule> rules = new ArrayList<>();
        for (String definition : definitions) {
            try {
                rules.add(Rule.compile(definition, types));
            } catch (RuleRejectedException e) {
                throw new IllegalArgumentException(definition, e);
            }
        }
        return rules;
    }

    /** Two to five of them, and for further seeds one or all of the further ones, and one to four of those that copy. */
    static ActiveRules draw(Random random, long seed) {
        List<Rule> left = new ArrayList<>(ALL);
        List<Rule> drawn = new ArrayList<>();
        if (seed >= FURTHER_SEEDS) {
            drawn.addAll(FURTHER);
            if (random.nextBoolean()) {
                drawn.remove(random.nextInt(drawn.size()));
            }
        }
        if (seed >= COPYING_SEEDS) {
            List<Rule> copying = new ArrayList<>(COPYING);
            Collections.shuffle(copying, random);
            drawn.addAll(copying.subList(0, 1 + random.nextInt(4)));
        }
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            drawn.add(left.remove(random.nextInt(left.size())));
        }
        return ActiveRules.of(RuleSet.of(drawn), 1);
    }
}
