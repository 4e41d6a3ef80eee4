package io.weir.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table in {@code docs/reliability.md}: of each fault what was said, and how long it took to recover. */
final class FaultTable {
    private static final Path PAGE = Path.of("../docs/reliability.md");
    private static final String BEGIN = "<!-- faults: begin -->\n";
    private static final String END = "<!-- faults: end -->";

    private FaultTable() {}

    /** By fault, in the order in which they came first. */
    static String of(Collection<Measured> measured) {
        Map<String, List<Measured>> byName = new LinkedHashMap<>();
        measured.forEach(one -> byName.computeIfAbsent(one.fault().name(), n -> new ArrayList<>())
                .add(one));
        return "| fault | what happens | what is said | recovered after | longest wait |\n|---|---|---|---|---|\n"
                + byName.values().stream().map(FaultTable::row).collect(Collectors.joining());
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

    /** Puts it between its marks. */
    static void write(String table) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(PAGE + " has no '" + BEGIN.strip() + "' with '" + END + "' behind it");
        }
        Files.writeString(PAGE, page.substring(0, begin) + BEGIN + table + page.substring(end));
    }
}
