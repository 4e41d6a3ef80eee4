package io.weir.benchmarks.rules;

import io.weir.rules.ActionTypes;
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
    private static final int FILES = 200_000;
    private static final int EVENTS = 8_192;
    private static final int OWNERS = 30;
    private static final List<String> TYPES = List.of("created", "written", "moved-in", "modified");
    private static final List<String> RARE = List.of("zip", "mp4", "mov", "iso", "7z", "rar", "mkv", "heic", "psd");
    static final ActionTypes ACTIONS = ActionTypes.of(List.of(new Note()));

    private final Random random = new Random(Long.getLong("weir.seed", 1L));
    private final List<String> paths;
    private final List<String> directories;
    private final List<BenchEvent> made = new ArrayList<>();

    Workload() throws IOException {
        paths = paths(Path.of(System.getProperty("weir.bench.tree", "/usr")));
        directories = paths.stream()
                .map(path -> path.substring(0, path.lastIndexOf('/')))
                .filter(directory -> directory.chars().filter(c -> c == '/').count() > 2)
                .filter(directory -> directory.chars().noneMatch(c -> "\\*?[]{}\"$".indexOf(c) >= 0))
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
        Collections.sort(paths);
        return paths;
    }

    /** How many files the tree has, and directories that rules may be about. */
    String tree() {
        return paths.size() + " files, " + directories.size() + " directories";
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    List<Written> rules(int count) {
        made.clear();
        List<Written> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rules.add(rule(i));
        }
        return rules;
    }

    static Rule compile(Written rule) {
        try {
            return Rule.compile(rule.definition(), ACTIONS);
        } catch (RuleRejectedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Written rule(int i) {
        return switch (i % 10) {
            case 0, 1, 2, 3, 4, 5 -> byPathAndExtension(i);
            case 6 -> written(i, "{name: 'report-" + i + "-*.pdf'}", "\"name\": [{\"prefix\": \"report-" + i + "-\"}]");
            case 7 ->
                written(
                        i,
                        "{name: ['~lock-" + i + "*', secret" + i + ".txt]}",
                        "\"name\": [{\"prefix\": \"~lock-" + i + "\"}, \"secret" + i + ".txt\"]");
            case 8 ->
                written(
                        i,
                        "{size: '>= " + (1 + i % 50) + " GiB', owner: svc-" + i % 500 + "}",
                        "\"size\": [{\"numeric\": [\">=\", " + (1 + i % 50) * 1024 + "]}], \"owner\": [\"svc-" + i % 500
                                + "\"]");
            default -> nested(i);
        };
    }

    private Written byPathAndExtension(int i) {
        String directory = any(directories);
        String first = any(RARE);
        String second = any(RARE);
        made.add(new BenchEvent("created", directory + "/deeper/down/file." + first, 1000, "root"));
        return written(
                i,
                "{path: \"" + directory + "/**\", extension: [" + first + ", " + second + ", e" + i + "]}",
                "\"path\": [{\"prefix\": \"" + directory + "/\"}], \"extension\": [\"" + first + "\", \"" + second
                        + "\", \"e" + i + "\"]");
    }

    private Written nested(int i) {
        String one = any(directories);
        String other = any(directories);
        return written(
                i,
                "[{any: [{path: \"" + one + "/**\"}, {path: \"" + other
                        + "/**\"}]}, {not: {any: [{owner: root}, {size: \"< 1 GiB\"}]}}]",
                "\"path\": [{\"prefix\": \"" + one + "/\"}, {\"prefix\": \"" + other
                        + "/\"}], \"owner\": [{\"anything-but\": [\"root\"]}],"
                        + " \"size\": [{\"numeric\": [\">=\", 1024]}]");
    }

    private static Written written(int i, String when, String pattern) {
        String id = "r" + i;
        return new Written(
                id,
                "{id: " + id + ", on: [created, written, moved-in], when: " + when + ", actions: [note]}",
                "{\"type\": [\"created\", \"written\", \"moved-in\"], " + pattern + "}");
    }

    /** One in a hundred is made to match a rule that was made last; none of the others matches. */
    BenchEvent[] events(Matcher matcher) {
        List<BenchEvent> events = new ArrayList<>();
        while (events.size() < EVENTS) {
            boolean shallMatch = events.size() % 100 == 99;
            BenchEvent event = shallMatch ? made.get(random.nextInt(made.size())) : ordinary();
            if (matches(matcher, event) == shallMatch) {
                events.add(event);
            }
        }
        Collections.shuffle(events, random);
        return events.stream().map(Workload::fresh).toArray(BenchEvent[]::new);
    }

    /** An event that comes from the network has just been decoded: its texts lie side by side. */
    private static BenchEvent fresh(BenchEvent event) {
        return new BenchEvent(event.type(), new String(event.path().toCharArray()), event.size(), event.owner());
    }

    private BenchEvent ordinary() {
        String owner = random.nextBoolean() ? "root" : "user-" + random.nextInt(OWNERS);
        return new BenchEvent(any(TYPES), any(paths), random.nextInt(1 << 20), owner);
    }

    private static boolean matches(Matcher matcher, BenchEvent event) {
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
