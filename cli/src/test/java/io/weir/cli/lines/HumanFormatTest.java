package io.weir.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.topic.Causation;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HumanFormatTest {
    private final HumanFormat format = new HumanFormat(() -> LocalTime.of(12, 30, 1, 5_000_000));

    @Test
    void eventShowsTypeAndFile() {
        assertThat(format.format(
                        new Line.Event(SampleEvents.event("created", "/a.zip").build(), Optional.empty())))
                .isEqualTo("12:30:01.005 event      created inbox:/a.zip");
    }

    @Test
    void moveShowsBothPathsAndTheActionBehindIt() {
        Line line = new Line.Event(
                SampleEvents.event("moved", "/q/a.zip")
                        .setPreviousPath("/a.zip")
                        .build(),
                Optional.of(new Causation("0123456789abcdef", "x", 1)));
        assertThat(format.format(line))
                .isEqualTo("12:30:01.005 event      moved inbox:/a.zip -> /q/a.zip (by action 01234567)");
    }

    @Test
    void reconstructedEventSaysSo() {
        Line line = new Line.Event(
                SampleEvents.event("created", "/a").setOrigin("reconstructed").build(), Optional.empty());
        assertThat(format.format(line)).endsWith("created inbox:/a (reconstructed)");
    }

    @Test
    void actionShowsRuleWhereToAndOutcome() {
        Line line = new Line.Action(
                "archives",
                "quarantine",
                "0123456789abcdef",
                1,
                "inbox",
                "/a.zip",
                Optional.of("/.quarantine/a.zip"),
                "done",
                Optional.empty(),
                "e",
                Optional.empty());
        assertThat(format.format(line))
                .endsWith("action     archives: quarantine inbox:/a.zip -> /.quarantine/a.zip done");
    }

    @Test
    void suppressedShowsWhichActionCausedIt() {
        Line line = new Line.Suppressed(
                "suppressed",
                List.of(),
                "e",
                "moved",
                "inbox",
                "/q/a",
                Optional.of("0123456789"),
                Optional.of("window"),
                Optional.empty());
        assertThat(format.format(line)).endsWith("suppressed moved inbox:/q/a (by action 01234567)");
    }

    @Test
    void aSuspendedRuleShowsForWhichFileAndWhyAndTheAlertTheEvidence() {
        assertThat(format.format(
                        new Line.Rule("r", "tripped", List.of("why"), Optional.of("inbox"), Optional.of("/a"))))
                .endsWith("rule       r tripped for inbox:/a: why");
        assertThat(format.format(new Line.Rule("r", "reset", List.of(), Optional.of("inbox"), Optional.of("/a"))))
                .endsWith("rule       r reset for inbox:/a");
        assertThat(format.format(new Line.Alert(SampleEvents.alert())))
                .endsWith(
                        "alert      r: 2 firings on inbox:/f from 1970-01-01T00:00:01Z to 1970-01-01T00:00:02Z, the last"
                                + " on a:1:1, a:1:2");
    }

    @Test
    void gapShowsReasonAndWhatToDo() {
        assertThat(format.format(new Line.Gap(SampleEvents.gap())))
                .endsWith("gap        inbox:/projects: overflow, the kernel's queue was full");
    }

    @Test
    void namesCannotSteerTheTerminal() {
        Line line = new Line.Event(
                SampleEvents.event("created", "/a\u001b[2J\n\uDC80\uD83D\uDE00").build(), Optional.empty());
        assertThat(format.format(line)).endsWith("inbox:/a?[2J??\uD83D\uDE00");
    }
}
