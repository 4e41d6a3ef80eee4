package io.weir.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.Decision;
import io.weir.schemas.RuleDecision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecidedTest {
    private static Decided decided(String path) {
        Decision decision = Decision.newBuilder()
                .setEventId("a:1:1")
                .setVolume("v")
                .setPath(path)
                .setType("created")
                .setPartition(2)
                .setOffset(17)
                .setRulesOffset(-1)
                .setOutcome("matched")
                .setRules(List.of(new RuleDecision("r", "matched", List.of("id"), null)))
                .build();
        return new Decided(Instant.EPOCH, decision, List.of("quarantine"));
    }

    @Test
    void aLineOfCsvHasAsManyCellsAsItsHead() {
        assertThat(decided("/p").csv())
                .isEqualTo("1970-01-01T00:00:00Z,matched,r,quarantine,created,v,/p,a:1:1,2,17,-1,");
        assertThat(Decided.csvHead().split(",", -1))
                .hasSameSizeAs(decided("/p").csv().split(",", -1));
    }

    @Test
    void namesThatCsvOrASpreadsheetWouldMistakeAreQuoted() {
        assertThat(decided("/a,\"b\"").csv()).contains(",\"/a,\"\"b\"\"\",");
        assertThat(decided("=cmd()").csv()).contains(",'=cmd(),");
    }

    @Test
    void aNameCannotSteerTheTerminal() {
        assertThat(decided("/a\u001b[2J").table()).contains("/a?[2J").doesNotContain("\u001b");
    }

    @Test
    void jsonHasTheRules() {
        assertThat(decided("/p").json().text())
                .contains("\"rules\":[{\"rule\":\"r\",\"outcome\":\"matched\",\"actionIds\":[\"id\"]}]");
    }
}
