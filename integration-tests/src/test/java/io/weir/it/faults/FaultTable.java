package io.weir.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table in {@code docs/reliability.md}: of each fault what was said, and how long it took to recover. */
final class FaultTable {
    private static final Path PAGE = Path.of("../docs/reliability.md");
    private static final String BEGIN = "<!-- faults: begin -->\n";
    private static final String END = "<!-- faults: end -->";

    private static final String HEADER =
            "| fault | what happens | what is said | recovered after | longest wait |\n|---|---|---|---|---|\n";
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|");

    private FaultTable() {}

    /** A row for each fault, by its name, in the order in which they came first. */
    static Map<String, String> rows(Collection<Measured> measured) {
        Map<String, List<Measured>> byName = new LinkedHashMap<>();
        measured.forEach(one -> byName.computeIfAbsent(one.fault().name(), n -> new ArrayList<>())
                .add(one));
        Map<String, String> rows = new LinkedHashMap<>();
        byName.forEach((name, runs) -> rows.put(name, row(runs)));
        return rows;
    }

    private static String row(List<Measured> runs) {
        Measured first = runs.get(0);
        return "| `" + first.fault().name() + "` | " + first.fault().what() + " | "
                + first.said().stream().map(FaultTable::cell).collect(Collectors.joining("; ")) + " | "
                + recovered(runs) + " | "
                + inWords(runs.stream().map(Measured::longest).toList()) + " |\n";
    }

    private static String cell(String said) {
        return said.replaceAll("127\\.0\\.0\\.1:\\d+", "HOST:PORT").replace("|", "\\|");
    }

    private static String recovered(List<Measured> runs) {
        List<Duration> late =
                runs.stream().map(Measured::recovered).flatMap(Optional::stream).toList();
        return late.isEmpty() ? "nothing is late" : inWords(late);
    }

    /** The median, and the most if there are several. */
    private static String inWords(List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        String median = Measured.seconds(sorted.get(sorted.size() / 2));
        return sorted.size() == 1
                ? median
                : median + " (at most " + Measured.seconds(sorted.get(sorted.size() - 1)) + ", " + sorted.size()
                        + " runs)";
    }

    /**
     * Puts rows in the place of those of the same faults.
     *
     * @param order of all faults
     */
    static void write(Map<String, String> rows, List<String> order) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (begin < BEGIN.length() || end < begin) {
            throw new IllegalStateException(PAGE + " has no '" + BEGIN.strip() + "' with '" + END + "' behind it");
        }
        String table = merged(page.substring(begin, end), rows, order);
        Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    }

    static String merged(String table, Map<String, String> rows, List<String> order) {
        Map<String, String> all = new HashMap<>();
        table.lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.lookingAt()) {
                all.put(row.group(1), line + "\n");
            }
        });
        all.putAll(rows);
        return HEADER + order.stream().map(name -> all.getOrDefault(name, "")).collect(Collectors.joining());
    }
}
