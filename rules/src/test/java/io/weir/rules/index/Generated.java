package io.weir.rules.index;

import io.weir.rules.EventTypes;
import io.weir.rules.TestEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rules, as text, and events at random, from few enough words that they often meet. */
public final class Generated {
    private static final List<String> SEGMENTS = List.of("a", "b", "projects", "A", "a.d", "é");
    private static final List<String> NAMES = List.of(
            "x.zip",
            "y.ZIP",
            ".zip",
            "..zip",
            "report-1.csv",
            "report-22.CSV",
            "core.123",
            "core",
            "Makefile",
            "a.",
            "a",
            "~$draft.docx",
            "é.jpg",
            "😀.jpg",
            "tar.tar.gz");
    private static final List<String> NAME_GLOBS = List.of(
            "*.zip",
            "*.ZIP",
            "*zip",
            "?*.zip",
            "x.zip",
            "report-*.csv",
            "report-?.csv",
            "report*",
            "core.*",
            "core.[0-9]*",
            "{core,Makefile}",
            "~*",
            "*.{jpg,csv}",
            "?.jpg",
            "*",
            "*.",
            "*.tar.gz",
            "[a-x]*",
            "[!a-x]*",
            "M*e");
    private static final List<String> EXTENSIONS = List.of("zip", "ZIP", "csv", "jpg", "gz", "docx", "");
    private static final List<String> OWNERS = List.of("root", "ann", "bob");
    private static final List<String> SIZES = List.of(">= 10", "< 10", "0", "> 1 kB", "5..100", "<= 1 KiB");
    private static final List<String> MODES = List.of("0644", "any 0022", "all 0111");
    private static final List<String> VOLUMES = List.of("projects", "home", "home-*", "{projects,scratch}", "*");

    private final Random random;

    public Generated(Random random) {
        this.random = random;
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    public String rule(String id) {
        StringBuilder rule = new StringBuilder("{id: ").append(id);
        rule.append(", mode: ").append(any(List.of("enforce", "enforce", "shadow", "off")));
        if (random.nextInt(3) == 0) {
            rule.append(", volume: ").append(values(VOLUMES));
        }
        rule.append(", on: ").append(values(EventTypes.WORDS.subList(0, 5)));
        if (random.nextInt(20) > 0) {
            rule.append(", when: ").append(random.nextBoolean() ? conditions(2) : condition(2));
        }
        return rule.append(", actions: [note]}").toString();
    }

    private String conditions(int depth) {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            conditions.add(condition(depth));
        }
        return "[" + String.join(", ", conditions) + "]";
    }

    private String condition(int depth) {
        int kind = random.nextInt(depth > 0 ? 14 : 10);
        return switch (kind) {
            case 0, 1, 2 -> "{path: " + values(this::pathGlob) + "}";
            case 3 -> "{directory: " + values(this::directoryGlob) + "}";
            case 4, 5 -> "{name: " + values(NAME_GLOBS) + "}";
            case 6, 7 -> "{extension: " + values(EXTENSIONS) + "}";
            case 8 -> "{owner: " + values(OWNERS) + "}";
            case 9 -> rare();
            case 10, 11 -> "{any: " + conditions(depth - 1) + "}";
            case 12 -> "{all: " + conditions(depth - 1) + "}";
            default -> "{not: " + condition(depth - 1) + "}";
        };
    }

    private String rare() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> "{size: " + values(SIZES) + "}";
            case 6 -> "{depth: " + values(List.of("1", "> 2", "0..2")) + "}";
            case 7 -> "{regex: " + values(List.of("^/a", "[0-9]", "[.]zip$", "b.*c")) + "}";
            case 8 -> "{time: {days: " + any(List.of("wed", "mon..tue", "[sat, sun]")) + "}}";
            case 3 -> "{mode: " + values(MODES) + "}";
            case 4 -> "{type: " + values(EventTypes.WORDS.subList(0, 3)) + "}";
            default -> "{previous-path: " + values(this::pathGlob) + "}";
        };
    }

    private String values(List<String> words) {
        return values(() -> any(words));
    }

    private String values(java.util.function.Supplier<String> one) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            values.add("\"" + one.get() + "\"");
        }
        return values.size() == 1 ? values.get(0) : values.toString();
    }

    private String directoryGlob() {
        StringBuilder glob = new StringBuilder();
        for (int i = 0; i <= random.nextInt(3); i++) {
            glob.append('/').append(random.nextInt(5) == 0 ? any(List.of("**", "*", "[aA]", "{a,b}")) : any(SEGMENTS));
        }
        return random.nextInt(10) == 0 ? "/" : glob.toString();
    }

    private String pathGlob() {
        String directory = directoryGlob();
        String tail = random.nextInt(3) == 0 ? "**" : random.nextInt(3) == 0 ? any(NAMES) : any(NAME_GLOBS);
        String path = directory.equals("/") ? "/" + tail : directory + "/" + tail;
        return random.nextInt(8) == 0 ? "**" + path : path;
    }

    public TestEvent event() {
        Map<String, String> values = new HashMap<>();
        values.put("type", any(EventTypes.WORDS.subList(0, 6)));
        values.put("volume", any(List.of("projects", "home", "home-2", "scratch")));
        values.put("path", path());
        if (random.nextInt(4) == 0) {
            values.put("previous-path", path());
        }
        if (random.nextInt(4) > 0) {
            values.put("size", any(List.of("0", "5", "10", "100", "1024", "5000")));
            values.put("owner", any(OWNERS));
            values.put("mode", any(List.of("0644", "0755", "0666", "0000")));
        }
        return TestEvent.of(values);
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append('/').append(any(SEGMENTS));
        }
        return random.nextInt(50) == 0
                ? "/"
                : path.append('/').append(any(NAMES)).toString();
    }
}
