package io.weir.benchmarks.rules;

import io.weir.rules.Matcher;
import io.weir.rules.Rule;
import io.weir.rules.RuleSet;
import io.weir.rules.ScanMatcher;
import io.weir.rules.text.PathParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.event.ruler.GenericMachine;
import software.amazon.event.ruler.Machine;

/** Something that finds the rules which events match. */
interface Contender {
    /** What it is made of. */
    enum Kind {
        INDEX("index"),
        EVENT_RULER("event-ruler"),
        SCAN("scan");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /** Builds it from the text of the rules. */
        Contender build(List<Written> rules) {
            return switch (this) {
                case INDEX ->
                    new Weir(RuleSet.of(rules.stream().map(Workload::compile).toList())
                            .matcher());
                case EVENT_RULER -> new Ruler(machine(rules));
                case SCAN ->
                    new Weir(new ScanMatcher(
                            rules.stream().map(Workload::compile).toList()));
            };
        }

        private static GenericMachine<String> machine(List<Written> rules) {
            Machine machine = Machine.builder().build();
            try {
                for (Written rule : rules) {
                    machine.addRule(rule.id(), rule.pattern());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return machine;
        }
    }

    /** Takes events in the form that it likes best; not measured. */
    Loaded load(BenchEvent[] events);

    /** With its events. */
    interface Loaded {
        /** Matches one; gives how many rules it matches. */
        int match(int event);
    }

    /** A matcher of ours. */
    record Weir(Matcher matcher) implements Contender {
        @Override
        public Loaded load(BenchEvent[] events) {
            int[] matches = new int[1];
            Consumer<Rule> count = rule -> matches[0]++;
            return event -> {
                matches[0] = 0;
                matcher.match(events[event], count);
                return matches[0];
            };
        }
    }

    /** event-ruler, by its entry point for events that are flattened already: names and values, sorted by name. */
    record Ruler(GenericMachine<String> machine) implements Contender {
        @Override
        public Loaded load(BenchEvent[] events) {
            String[][] flat = new String[events.length][];
            for (int i = 0; i < events.length; i++) {
                flat[i] = flattened(events[i]);
            }
            return event -> machine.rulesForEvent(flat[event]).size();
        }

        private static String[] flattened(BenchEvent event) {
            String path = event.path();
            return new String[] {
                "extension", quoted(PathParts.extension(path)),
                "name", quoted(PathParts.name(path)),
                "owner", quoted(event.owner()),
                "path", quoted(path),
                "size", Long.toString(event.size() >> 20),
                "type", quoted(event.type())
            };
        }

        private static String quoted(String text) {
            return '"' + text + '"';
        }
    }
}
