package io.weir.cli.audit;

import io.weir.filter.replay.backtest.BacktestReport;
import io.weir.filter.replay.backtest.BacktestReport.Change;
import io.weir.filter.replay.backtest.BacktestReport.Count;
import io.weir.filter.replay.backtest.BacktestReport.Counted;
import io.weir.filter.replay.backtest.BacktestReport.Example;
import io.weir.filter.replay.backtest.BacktestReport.Sums;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A back-test as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
final class BacktestHtml {
    private static final int HEIGHT = 160;
    private static final int DAY = 28;
    private static final int FOOT = 60;
    private static final String STYLE =
            """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 64em; margin: 2em auto; padding: 0 1em; color: #222; }
            h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin-top: 2em; }
            table { border-collapse: collapse; } td, th { padding: .2em .8em .2em 0; text-align: left; vertical-align: top; }
            td.n { text-align: right; font-variant-numeric: tabular-nums; }
            svg text { font: 11px system-ui, sans-serif; fill: #444; }
            .tried { fill: #2b6cb0; } .now { fill: #c9b458; } code { font-size: .9em; overflow-wrap: anywhere; }
            .key span { display: inline-block; width: .8em; height: .8em; margin: 0 .3em 0 1em; }
            @media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd; } svg text { fill: #bbb; } }
            """;

    private BacktestHtml() {}

    static String of(String head, BacktestReport report) {
        StringBuilder html = new StringBuilder(8_192)
                .append(
                        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Weir back-test</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Weir back-test</h1>\n<p>")
                .append(escape(head))
                .append("</p>\n<p>")
                .append(escape(BacktestText.summary(report)))
                .append("</p>\n");
        days(report, html);
        rules(report, html);
        top("Most frequent paths", report.tried().paths(), html);
        top("Most frequent owners", report.tried().owners(), html);
        top("Most frequent extensions", report.tried().extensions(), html);
        changes(report, html);
        return html.append("</body></html>\n").toString();
    }

    private static void days(BacktestReport report, StringBuilder html) {
        Map<LocalDate, Long> tried = report.tried().days();
        Map<LocalDate, Long> now = report.inForce().days();
        TreeSet<LocalDate> days = new TreeSet<>(tried.keySet());
        days.addAll(now.keySet());
        if (days.isEmpty()) {
            return;
        }
        List<LocalDate> all = days.first().datesUntil(days.last().plusDays(1)).toList();
        long most = Math.max(largest(tried), largest(now));
        int width = all.size() * DAY + 10;
        html.append("<h2>Hits a day (UTC)</h2>\n<p class=\"key\"><span style=\"background:#2b6cb0\"></span>tried")
                .append("<span style=\"background:#c9b458\"></span>in force</p>\n")
                .append(String.format(
                        Locale.ROOT,
                        "<svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"Hits a day\">%n",
                        width,
                        HEIGHT + FOOT));
        for (int i = 0; i < all.size(); i++) {
            LocalDate day = all.get(i);
            bar(html, "tried", i * DAY + 5, tried.getOrDefault(day, 0L), most, day);
            bar(html, "now", i * DAY + 16, now.getOrDefault(day, 0L), most, day);
            html.append(String.format(
                    Locale.ROOT,
                    "<text transform=\"translate(%d,%d) rotate(60)\">%s</text>%n",
                    i * DAY + 8,
                    HEIGHT + 12,
                    day));
        }
        html.append("</svg>\n");
    }

    private static long largest(Map<LocalDate, Long> days) {
        return days.values().stream().mapToLong(Long::longValue).max().orElse(1);
    }

    private static void bar(StringBuilder html, String side, int x, long hits, long most, LocalDate day) {
        double height = hits * (HEIGHT - 5.0) / most;
        html.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"10\" height=\"%.1f\"><title>%s: %,d</title></rect>%n",
                side,
                x,
                HEIGHT - height,
                height,
                day,
                hits));
    }

    private static void rules(BacktestReport report, StringBuilder html) {
        Sums tried = report.tried();
        Sums now = report.inForce();
        TreeSet<String> ids = new TreeSet<>(tried.rules().keySet());
        ids.addAll(now.rules().keySet());
        html.append("<h2>Hits of each rule</h2>\n<table><tr><th>rule</th><th>tried</th><th>in force</th></tr>\n");
        for (String id : ids) {
            html.append("<tr><td>").append(escape(id)).append("</td>");
            cell(tried.rules().getOrDefault(id, 0L), html);
            cell(now.rules().getOrDefault(id, 0L), html);
            html.append("</tr>\n");
        }
        html.append("</table>\n");
    }

    private static void cell(long number, StringBuilder html) {
        html.append("<td class=\"n\">").append(BacktestText.number(number)).append("</td>");
    }

    private static void top(String title, Counted counted, StringBuilder html) {
        html.append("<h2>").append(title).append("</h2>\n");
        if (counted.error() > 0) {
            html.append("<p>Each count may be too low by up to ")
                    .append(BacktestText.number(counted.error()))
                    .append(".</p>\n");
        }
        html.append("<table>\n");
        for (Count one : counted.top()) {
            html.append("<tr>");
            cell(one.count(), html);
            html.append("<td><code>").append(escape(one.text())).append("</code></td></tr>\n");
        }
        html.append("</table>\n");
    }

    private static void changes(BacktestReport report, StringBuilder html) {
        html.append("<h2>What differs from the rules in force</h2>\n");
        if (report.changes().isEmpty()) {
            html.append("<p>Nothing.</p>\n");
        }
        report.changes().forEach((rule, change) -> change(rule, change, html));
    }

    private static void change(String rule, Change change, StringBuilder html) {
        html.append("<h3>")
                .append(escape(rule))
                .append("</h3>\n<p>")
                .append(BacktestText.number(change.added()))
                .append(" events newly matched, ")
                .append(BacktestText.number(change.removed()))
                .append(" no longer.</p>\n<table>\n");
        change.addedExamples().forEach(example -> example("+", example, html));
        change.removedExamples().forEach(example -> example("−", example, html));
        html.append("</table>\n");
    }

    private static void example(String sign, Example example, StringBuilder html) {
        html.append("<tr><td>")
                .append(sign)
                .append("</td><td>")
                .append(example.time())
                .append("</td><td>")
                .append(escape(example.type()))
                .append("</td><td><code>")
                .append(escape(example.file()))
                .append("</code></td><td>")
                .append(escape(example.event()))
                .append("</td></tr>\n");
    }

    /** File names are anybody's text. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
