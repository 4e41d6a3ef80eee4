package io.weir.cli.audit;

import io.weir.filter.replay.backtest.BacktestReport;
import io.weir.filter.replay.backtest.BacktestReport.Change;
import io.weir.filter.replay.backtest.BacktestReport.Counted;
import io.weir.filter.replay.backtest.BacktestReport.Example;
import io.weir.filter.replay.backtest.BacktestReport.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A back-test for a terminal. */
final class BacktestText {
    private static final int BAR = 40;
    private static final int KIB = 1024;

    private BacktestText() {}

    static List<String> of(String head, BacktestReport report) {
        Sums tried = report.tried();
        List<String> lines = new ArrayList<>();
        lines.add(head);
        lines.add(summary(report));
        if (tried.hits() > 0) {
            lines.add("");
            lines.add("hits a day (UTC):");
            long most = tried.days().values().stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(1);
            tried.days().forEach((day, hits) -> lines.add("  " + day + "  " + bar(hits, most) + " " + number(hits)));
            lines.add("");
            lines.add("hits of each rule:");
            tried.rules().forEach((rule, hits) -> lines.add("  " + right(hits) + "  " + rule));
            top("paths", tried.paths(), lines);
            top("owners", tried.owners(), lines);
            top("extensions", tried.extensions(), lines);
        }
        lines.add("");
        changes(report, lines);
        return lines;
    }

    static String summary(BacktestReport report) {
        Sums tried = report.tried();
        return number(report.records()) + " records judged: " + number(tried.hits()) + " hits, "
                + number(tried.actions())
                + " actions, on " + (tried.moreFiles() ? "more than " : "") + number(tried.files()) + " files of "
                + bytes(tried.bytes()) + "; breakers would have cut in " + number(tried.trips()) + " times"
                + (tried.suspended() > 0 ? " and held back " + number(tried.suspended()) + " firings" : "");
    }

    private static void top(String what, Counted counted, List<String> lines) {
        lines.add("");
        lines.add("most frequent " + what
                + (counted.error() > 0
                        ? " (each count may be too low by up to " + number(counted.error()) + "):"
                        : ":"));
        counted.top().forEach(one -> lines.add("  " + right(one.count()) + "  " + one.text()));
    }

    private static void changes(BacktestReport report, List<String> lines) {
        if (report.changes().isEmpty()) {
            lines.add("nothing differs from the rules in force");
            return;
        }
        lines.add("differs from the rules in force:");
        report.changes().forEach((rule, change) -> {
            lines.add("  " + rule + ": " + number(change.added()) + " events newly matched, " + number(change.removed())
                    + " no longer");
            examples(change, lines);
        });
    }

    private static void examples(Change change, List<String> lines) {
        change.addedExamples().forEach(example -> lines.add("    + " + shown(example)));
        change.removedExamples().forEach(example -> lines.add("    - " + shown(example)));
    }

    private static String shown(Example example) {
        return example.time() + " " + example.type() + " " + example.file() + " (" + example.event() + ")";
    }

    private static String bar(long value, long most) {
        int filled = (int) Math.max(1, value * BAR / Math.max(1, most));
        return "#".repeat(filled) + " ".repeat(BAR - filled);
    }

    private static String right(long number) {
        return String.format(Locale.ROOT, "%,12d", number);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** With a binary unit. */
    static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double value = bytes;
        int unit = 0;
        while (value >= KIB && unit < units.length - 1) {
            value /= KIB;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }
}
