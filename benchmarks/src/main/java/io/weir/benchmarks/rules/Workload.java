package io.weir.benchmarks.rules;

import io.weir.rules.ActionTypes;
import io.weir.rules.EventView;
import io.weir.rules.Matcher;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.action.ActionType;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Rules and events as {@code package-info} describes them. */
final class Workload {
    private static final int FILES = 50_000;
    private static final int EVENTS = 8_192;
    private static final List<String> TYPES = List.of("created", "written", "moved-in", "modified");
    private static final List<String> RARE = List.of("zip", "mp4", "mov", "iso", "7z", "rar", "mkv", "heic", "psd");
    private static final ActionTypes ACTIONS = ActionTypes.of(List.of(new Note()));

    private final Random random = new Random(Long.getLong("weir.seed", 1L));
    private final List<String> paths;
    private final List<String> directories;

    Workload() throws IOException {
        paths = paths(Path.of(System.getProperty("weir.bench.tree", "/usr")));
        directories = paths.stream()
                .map(path -> path.substring(0, path.lastIndexOf('/')))
                .filter(directory -> directory.chars().filter(c -> c == '/').count() > 2)
                .distinct()
                .toList();
    }

    private static List<String> paths(Path root) throws IOException {
        List<String> paths = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                paths.add(file.toString());
                return paths.size() < FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return paths;
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String quoted(List<String> of) {
        return "\"" + any(of).replaceAll("([\\\\*?\\[\\]{}\"])", "?") + "\"";
    }

    List<Rule> rules(int count) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rules.add(rule("r" + i, condition(i)));
        }
        return rules;
    }

    private static Rule rule(String id, String when) {
        try {
            return Rule.compile(
                    "{id: " + id + ", on: [created, written, moved-in], when: " + when + ", actions: [note]}", ACTIONS);
        } catch (RuleRejectedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String condition(int i) {
        return switch (i % 10) {
            case 0, 1, 2, 3, 4, 5 ->
                "{path: " + below() + ", extension: [" + any(RARE) + ", " + any(RARE) + ", e" + i + "]}";
            case 6 -> "{name: \"report-" + i + "-*.pdf\"}";
            case 7 -> "{name: [\"~lock-" + i + "*\", \"secret" + i + ".txt\"]}";
            case 8 -> "{size: \">= " + (1 + i % 50) + " GiB\", owner: svc-" + i % 500 + "}";
            default ->
                "[{any: [{path: " + below() + "}, {path: " + below()
                        + "}]}, {not: {any: [{owner: root}, {size: \"< 1 GiB\"}]}}]";
        };
    }

    private String below() {
        String directory = quoted(directories);
        return directory.substring(0, directory.length() - 1) + "/**\"";
    }

    /** One in a hundred is made to match; none of the others does. */
    EventView[] events(List<Rule> rules, Matcher matcher) {
        List<EventView> events = new ArrayList<>();
        while (events.size() < EVENTS) {
            boolean shallMatch = events.size() % 100 == 99;
            EventView event = shallMatch ? matching(rules) : ordinary();
            if (matches(matcher, event) == shallMatch) {
                events.add(event);
            }
        }
        Collections.shuffle(events, random);
        return events.toArray(EventView[]::new);
    }

    private EventView ordinary() {
        return new BenchEvent(any(TYPES), any(paths), random.nextInt(1 << 20), "root");
    }

    /** Satisfies the first condition of a rule for a directory and extensions. */
    private EventView matching(List<Rule> rules) {
        String definition =
                rules.get(random.nextInt((rules.size() + 9) / 10) * 10).definition();
        String directory = definition.replaceAll("(?s).*path: '?(/[^\\n]*?)/\\*\\*.*", "$1");
        String extension = definition.replaceAll("(?s).*extension: \\[(\\w+),.*", "$1");
        return new BenchEvent("created", directory + "/deeper/down/file." + extension, 1000, "root");
    }

    private static boolean matches(Matcher matcher, EventView event) {
        int[] count = {0};
        matcher.match(event, rule -> count[0]++);
        return count[0] > 0;
    }

    /** Does nothing. */
    private static final class Note implements ActionType {
        @Override
        public String name() {
            return "note";
        }

        @Override
        public String summary() {
            return "Does nothing.";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public boolean needsVolume() {
            return false;
        }
    }
}
