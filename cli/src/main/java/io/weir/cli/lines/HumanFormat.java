package io.weir.cli.lines;

import io.weir.schemas.Alert;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Firing;
import io.weir.schemas.Gap;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Lines for people: the time, what it is, and the rest as a short sentence. Files are shown as {@code volume:/path}. Control
 * characters in names are shown as {@code ?}, so that a file's name cannot steer the terminal.
 */
final class HumanFormat implements LineFormat {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private final Supplier<LocalTime> clock;

    public HumanFormat() {
        this(LocalTime::now);
    }

    HumanFormat(Supplier<LocalTime> clock) {
        this.clock = clock;
    }

    @Override
    public String format(Line line) {
        return text(TIME.format(clock.get()), line);
    }

    /** In this host's time zone. */
    @Override
    public String format(LoggedLine line) {
        return text(DATE_AND_TIME.format(line.time().atZone(ZoneId.systemDefault())), line.line());
    }

    private static String text(String time, Line line) {
        return PrintableText.of(String.format("%s %-10s %s", time, line.kind(), sentence(line)));
    }

    private static String sentence(Line line) {
        if (line instanceof Line.Ready ready) {
            return "watching " + String.join(", ", ready.volumes()) + "; Ctrl+C stops";
        } else if (line instanceof Line.Event event) {
            return event(event);
        } else if (line instanceof Line.Gap gap) {
            return gap(gap.event());
        } else if (line instanceof Line.Match match) {
            return String.join(", ", match.rules()) + ": " + file(match.volume(), match.path()) + " (" + match.type()
                    + ")";
        } else if (line instanceof Line.Suppressed suppressed) {
            return suppressed(suppressed);
        } else if (line instanceof Line.Action action) {
            return action.rule() + ": " + action.action() + " " + file(action.volume(), action.path())
                    + action.target().map(to -> " -> " + to).orElse("")
                    + " " + action.outcome()
                    + action.detail().map(detail -> ": " + detail).orElse("");
        } else if (line instanceof Line.Rule rule) {
            return rule.rule() + " " + rule.status()
                    + rule.path()
                            .map(path ->
                                    " for " + rule.volume().map(v -> v + ":").orElse("") + path)
                            .orElse("")
                    + (rule.faults().isEmpty() ? "" : ": " + String.join("; ", rule.faults()));
        } else if (line instanceof Line.Alert alert) {
            return alert(alert.alert());
        } else if (line instanceof Line.Failure failure) {
            return failure.message();
        }
        throw new IllegalStateException("line=" + line + ": no such kind");
    }

    private static String event(Line.Event line) {
        FileEvent event = line.event();
        String previous = event.getPreviousPath();
        return event.getType() + " " + (previous == null ? "" : file(event.getVolume(), previous) + " -> ")
                + (previous == null ? file(event.getVolume(), event.getPath()) : event.getPath())
                + (event.getOrigin().equals("live") ? "" : " (" + event.getOrigin() + ")")
                + line.causation()
                        .map(c -> " (by action " + brief(c.causationId()) + ")")
                        .orElse("");
    }

    private static String gap(FileEvent event) {
        Gap gap = event.getGap();
        String what = gap == null ? "" : ": " + gap.getReason() + ", " + gap.getDetail();
        String until = gap == null || gap.getUntil() == null ? "" : " (over since " + gap.getUntil() + ")";
        return file(event.getVolume(), event.getPath()) + what + until;
    }

    private static String suppressed(Line.Suppressed line) {
        String why = line.causationId().map(id -> "by action " + brief(id)).orElse(line.outcome());
        return line.type() + " " + file(line.volume(), line.path()) + " (" + why + ")"
                + line.detail().map(detail -> ": " + detail).orElse("");
    }

    private static String alert(Alert alert) {
        return alert.getRule() + ": " + alert.getFirings() + " firings on "
                + file(alert.getVolume(), alert.getPath()) + " from " + alert.getSince() + " to " + alert.getAt()
                + ", the last on "
                + alert.getEvidence().stream().map(Firing::getEventId).collect(Collectors.joining(", "));
    }

    private static String file(String volume, String path) {
        return volume + ":" + path;
    }

    /** The beginning of an action id is enough to tell lines of one action by eye. */
    private static String brief(String id) {
        return id.length() <= 8 ? id : id.substring(0, 8);
    }
}
