package io.weir.cli.audit;

import io.weir.cli.lines.JsonObject;
import io.weir.cli.lines.PrintableText;
import io.weir.schemas.Decision;
import io.weir.schemas.RuleDecision;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A decision that was reached by judging again, in the forms that are printed.
 *
 * @param time of the record whose reading brought it about, by the log
 * @param actions the types of the actions that would be asked for
 */
record Decided(Instant time, Decision decision, List<String> actions) {
    private static final List<String> HEADS = List.of(
            "time",
            "outcome",
            "rules",
            "actions",
            "type",
            "volume",
            "path",
            "event",
            "partition",
            "offset",
            "rules_offset",
            "causation");

    static String csvHead() {
        return String.join(",", HEADS);
    }

    static String tableHead() {
        return row("TIME", "OUTCOME", "TYPE", "RULES", "FILE");
    }

    String table() {
        return row(
                time.toString(),
                decision.getOutcome(),
                decision.getType(),
                rules(","),
                decision.getVolume() + ":" + decision.getPath() + "   " + decision.getEventId());
    }

    private static String row(String time, String outcome, String type, String rules, String file) {
        return PrintableText.of(
                String.format(Locale.ROOT, "%-24s   %-14s   %-18s   %-24s   %s", time, outcome, type, rules, file));
    }

    private String rules(String separator) {
        return decision.getRules().stream().map(RuleDecision::getRule).collect(Collectors.joining(separator));
    }

    String csv() {
        return List.of(
                        time.toString(),
                        decision.getOutcome(),
                        rules(" "),
                        String.join(" ", actions),
                        decision.getType(),
                        decision.getVolume(),
                        decision.getPath(),
                        decision.getEventId(),
                        Integer.toString(decision.getPartition()),
                        Long.toString(decision.getOffset()),
                        Long.toString(decision.getRulesOffset()),
                        decision.getCausationId() == null ? "" : decision.getCausationId())
                .stream()
                .map(Decided::cell)
                .collect(Collectors.joining(","));
    }

    /** By RFC 4180. A cell that a spreadsheet would take for a formula is made text. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && !isNumber(text) ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]+");
    }

    JsonObject json() {
        return new JsonObject()
                .put("time", time)
                .put("outcome", decision.getOutcome())
                .put("event", decision.getEventId())
                .put("type", decision.getType())
                .put("volume", decision.getVolume())
                .put("path", decision.getPath())
                .put("partition", decision.getPartition())
                .put("offset", decision.getOffset())
                .put("rulesOffset", decision.getRulesOffset())
                .put("causationId", decision.getCausationId())
                .put("rules", decision.getRules().stream().map(Decided::json).toList())
                .put("actions", actions);
    }

    private static JsonObject json(RuleDecision rule) {
        return new JsonObject()
                .put("rule", rule.getRule())
                .put("outcome", rule.getOutcome())
                .put("actionIds", rule.getActionIds())
                .put("detail", rule.getDetail());
    }
}
