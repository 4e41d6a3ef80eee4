package io.weir.cli.trace;

import io.weir.cli.lines.PrintableText;
import io.weir.cli.search.FoundRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chain as a tree of lines for people: the log's time, how long after the first record that was, what it is, and in brackets
 * where it lies and the id that it goes by.
 */
final class ChainText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int TIME_WIDTH = "2026-01-31T08:00:00.000Z".length();

    private final List<String> lines = new ArrayList<>();
    private final @Nullable Instant begin;

    private ChainText(@Nullable Instant begin) {
        this.begin = begin;
    }

    static List<String> of(ChainNode root) {
        ChainText text = new ChainText(earliest(root).orElse(null));
        text.add(root, "", "");
        return text.lines;
    }

    private static Optional<Instant> earliest(ChainNode node) {
        Optional<Instant> own = node.entry().record().map(FoundRecord::time);
        return own.isPresent()
                ? own
                : node.children().stream()
                        .flatMap(child -> earliest(child).stream())
                        .min(Comparator.naturalOrder());
    }

    private void add(ChainNode node, String first, String rest) {
        Optional<FoundRecord> record = node.entry().record();
        lines.add(PrintableText.of(String.format(
                "%-" + TIME_WIDTH + "s %11s  %s%s%s",
                record.map(r -> TIME.format(r.time())).orElse(""),
                record.map(r -> since(r.time())).orElse(""),
                first,
                Sentences.of(node.entry()),
                record.map(r -> bracket(r, node.entry())).orElse(""))));
        int last = node.children().size() - 1;
        for (int i = 0; i <= last; i++) {
            add(node.children().get(i), rest + (i < last ? "├─ " : "└─ "), rest + (i < last ? "│  " : "   "));
        }
    }

    private static String bracket(FoundRecord record, Entry entry) {
        return " [" + record.place() + Sentences.id(entry).map(id -> ", " + id).orElse("") + "]";
    }

    private String since(Instant time) {
        Duration after = begin == null ? Duration.ZERO : Duration.between(begin, time);
        return String.format(Locale.ROOT, "%+.3f s", after.toMillis() / 1e3);
    }
}
