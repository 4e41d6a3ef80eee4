package io.weir.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.AgentClaim;
import io.weir.schemas.ClaimedSubtree;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.CoverageGap;
import io.weir.schemas.serde.WeirRecords;
import io.weir.schemas.topic.ComponentTexts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageTest {
    static {
        WeirRecords.trust();
    }

    private static final FileName FILE = new FileName(Optional.of("projects"), "/in/a.zip");

    private static Coverage coverage(String path, boolean recursive, CoverageGap... gaps) {
        return coverage(path, recursive, Map.of(), gaps);
    }

    private static Coverage coverage(String path, boolean recursive, Map<String, String> texts, CoverageGap... gaps) {
        ComponentStatus agent = ComponentStatus.newBuilder()
                .setKind("agent")
                .setId("nas1")
                .setVersion("1")
                .setHost("h")
                .setStartedAt(Instant.EPOCH)
                .setReportedAt(Instant.EPOCH)
                .setState("running")
                .setClaim(new AgentClaim(
                        "i", 1L, "held", null, null, 1L, List.of(new ClaimedSubtree("projects", path, recursive))))
                .setGaps(List.of(gaps))
                .setTexts(texts)
                .build();
        return new Coverage(Map.of("nas1", agent));
    }

    @Test
    void whatNoAgentReportsOnIsNotWatched() {
        assertThat(new Coverage(Map.of()).whyNone(FILE))
                .containsExactly("not watched: no agent reports on it; there is none");
        assertThat(coverage("/out", true).whyNone(FILE))
                .containsExactly("not watched: no agent reports on it; agents: nas1 on projects:/out and all below it");
        assertThat(coverage("/", false).whyNone(FILE).get(0)).startsWith("not watched");
    }

    @Test
    void whatIsWatchedMayBeExcluded() {
        assertThat(coverage("/in", false).whyNone(FILE))
                .containsExactly("agent nas1 reports on it, state running, and saw nothing of it");
        var texts = Map.of(ComponentTexts.EXCLUDED, "other:**/*.zip\nprojects:**/*.tmp\nprojects:**/*.zip");
        assertThat(coverage("/in", false, texts).whyNone(FILE))
                .containsExactly("excluded: agent nas1 does not report projects:**/*.zip");
    }

    @Test
    void whatIsWatchedMayBeInAGap() {
        CoverageGap gap = new CoverageGap(
                "projects", "/in", "overflow", "queue", Instant.ofEpochSecond(1), Instant.ofEpochSecond(2), false);
        assertThat(coverage("/", true, gap).whyNone(FILE).get(1))
                .isEqualTo("in a gap: agent nas1 did not see everything below projects:/in from 1970-01-01T00:00:01Z to"
                        + " 1970-01-01T00:00:02Z (overflow: queue)");
    }
}
