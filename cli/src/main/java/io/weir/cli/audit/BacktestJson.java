package io.weir.cli.audit;

import io.weir.cli.lines.JsonObject;
import io.weir.filter.replay.backtest.BacktestReport;
import io.weir.filter.replay.backtest.BacktestReport.Change;
import io.weir.filter.replay.backtest.BacktestReport.Counted;
import io.weir.filter.replay.backtest.BacktestReport.Example;
import io.weir.filter.replay.backtest.BacktestReport.Sums;
import java.util.List;
import java.util.Map;

/** A back-test for programs. */
final class BacktestJson {
    private BacktestJson() {}

    static JsonObject of(BacktestReport report) {
        JsonObject changes = new JsonObject();
        report.changes().forEach((rule, change) -> changes.put(rule, of(change)));
        return new JsonObject()
                .put("records", report.records())
                .put("tried", of(report.tried()))
                .put("inForce", of(report.inForce()))
                .put("changes", changes);
    }

    private static JsonObject of(Sums sums) {
        return new JsonObject()
                .put("hits", sums.hits())
                .put("actions", sums.actions())
                .put("files", sums.files())
                .put("filesAreMore", sums.moreFiles() ? true : null)
                .put("bytes", sums.bytes())
                .put("breakerTrips", sums.trips())
                .put("suspendedFirings", sums.suspended())
                .put("days", counts(sums.days()))
                .put("rules", counts(sums.rules()))
                .put("paths", top(sums.paths()))
                .put("owners", top(sums.owners()))
                .put("extensions", top(sums.extensions()));
    }

    private static JsonObject counts(Map<?, Long> counts) {
        JsonObject object = new JsonObject();
        counts.forEach((name, count) -> object.put(name.toString(), count));
        return object;
    }

    private static List<JsonObject> top(Counted counted) {
        return counted.top().stream()
                .map(one -> new JsonObject()
                        .put("text", one.text())
                        .put("count", one.count())
                        .put("tooLowBy", counted.error() > 0 ? counted.error() : null))
                .toList();
    }

    private static JsonObject of(Change change) {
        return new JsonObject()
                .put("added", change.added())
                .put("removed", change.removed())
                .put(
                        "addedExamples",
                        change.addedExamples().stream().map(BacktestJson::of).toList())
                .put(
                        "removedExamples",
                        change.removedExamples().stream().map(BacktestJson::of).toList());
    }

    private static JsonObject of(Example example) {
        return new JsonObject()
                .put("time", example.time())
                .put("event", example.event())
                .put("type", example.type())
                .put("file", example.file());
    }
}
