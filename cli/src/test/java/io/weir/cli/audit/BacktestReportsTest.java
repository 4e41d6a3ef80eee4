package io.weir.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.replay.backtest.BacktestReport;
import io.weir.filter.replay.backtest.BacktestReport.Change;
import io.weir.filter.replay.backtest.BacktestReport.Count;
import io.weir.filter.replay.backtest.BacktestReport.Counted;
import io.weir.filter.replay.backtest.BacktestReport.Example;
import io.weir.filter.replay.backtest.BacktestReport.Sums;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BacktestReportsTest {
    private static final Counted NONE = new Counted(List.of(), 0);

    private static BacktestReport report() {
        Sums tried = new Sums(
                3,
                4,
                2,
                false,
                3 << 20,
                1,
                2,
                Map.of(LocalDate.of(2026, 1, 30), 2L, LocalDate.of(2026, 2, 1), 1L),
                Map.of("zips", 3L),
                new Counted(List.of(new Count("v:/<script>alert(1)</script>", 3)), 7),
                NONE,
                NONE);
        Sums none = new Sums(0, 0, 0, false, 0, 0, 0, Map.of(), Map.of(), NONE, NONE, NONE);
        Example example = new Example(Instant.EPOCH, "a:1:1", "created", "v:/a");
        return new BacktestReport(
                1_000, tried, none, new TreeMap<>(Map.of("zips", new Change(3, 0, List.of(example), List.of()))));
    }

    @Test
    void textHasBarsAndWhatDiffers() {
        List<String> lines = BacktestText.of("r.yaml: 1 rule", report());
        assertThat(lines)
                .contains(
                        "1,000 records judged: 3 hits, 4 actions, on 2 files of 3.0 MiB; breakers would have cut in 1 times"
                                + " and held back 2 firings",
                        "  2026-01-30  ######################################## 2",
                        "  2026-02-01  ####################                     1",
                        "  zips: 3 events newly matched, 0 no longer",
                        "    + 1970-01-01T00:00:00Z created v:/a (a:1:1)");
        assertThat(lines).anyMatch(line -> line.contains("may be too low by up to 7"));
    }

    @Test
    void htmlNeedsNothingElseAndNamesAreText() {
        String html = BacktestHtml.of("r.yaml: 1 rule", report());
        assertThat(html)
                .contains("<svg", "<title>2026-01-31: 0</title>", "&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "http://", "https://", "src=");
    }

    @Test
    void jsonHasAllOfIt() {
        assertThat(BacktestJson.of(report()).text())
                .contains(
                        "\"records\":1000",
                        "\"days\":{\"2026-01-30\":2,\"2026-02-01\":1}",
                        "\"added\":3",
                        "\"tooLowBy\":7");
    }
}
