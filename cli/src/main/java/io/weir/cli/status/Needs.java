package io.weir.cli.status;

import io.weir.schemas.CoverageGap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What needs somebody, each with what to do. */
final class Needs {
    /** Beyond what a report may take to its topic. */
    private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

    private final SystemState state;
    private final List<String> needs = new ArrayList<>();

    private Needs(SystemState state) {
        this.state = state;
    }

    static List<String> of(SystemState state) {
        Needs needs = new Needs(state);
        needs.needs.addAll(state.kafka());
        state.parts().forEach(needs::part);
        needs.missing();
        needs.differingRules();
        needs.rest();
        return List.copyOf(needs.needs);
    }

    private void part(Part part) {
        String name = part.kind() + " " + part.id() + " (host " + part.status().getHost() + ")";
        if (part.isSilent()) {
            needs.add(name + " has said nothing for " + StatusText.duration(part.silence())
                    + ": it was killed, or is cut off from Kafka; start it again");
            return;
        }
        if (part.isStopped()) {
            return;
        }
        String cause = part.status().getCause();
        if (cause != null) {
            needs.add(name + " is " + part.state() + ": " + cause);
        }
        clock(part, name);
        List<CoverageGap> gaps = part.status().getGaps();
        if (gaps != null) {
            gaps.stream()
                    .filter(CoverageGap::getLasts)
                    .forEach(gap -> needs.add(name + " does not see everything at " + gap.getVolume() + ":"
                            + gap.getPath() + " (" + gap.getReason() + "): " + gap.getDetail()));
        }
    }

    private void clock(Part part, String name) {
        Duration ahead = part.ahead();
        if (ahead.abs().compareTo(MOST_AHEAD) > 0) {
            needs.add(name + ": its clock is " + StatusText.hours(ahead.abs())
                    + (ahead.isNegative() ? " behind" : " ahead of")
                    + " that of the broker that dates its reports; set the"
                    + " one that is wrong");
        }
    }

    private void missing() {
        for (String kind : List.of("agent", "filter", "worker")) {
            if (state.of(kind).stream().noneMatch(Part::isUp)) {
                needs.add("no " + kind + " runs; start one with 'weir " + kind + "'");
            }
        }
        Set<String> served = state.of("worker").stream()
                .filter(Part::isUp)
                .flatMap(worker -> worker.status().getVolumes().stream())
                .collect(Collectors.toSet());
        for (String volume : state.volumes()) {
            Backlog waiting = state.backlog("weir-worker-" + volume);
            if (!served.contains(volume) && waiting.records() > 0) {
                needs.add("no worker of volume " + volume + " runs, and " + waiting
                        + " requests wait; start one with 'weir worker --volume " + volume + "=DIR'");
            }
        }
    }

    private void differingRules() {
        List<Part> filters = state.of("filter").stream().filter(Part::isUp).toList();
        long newest =
                filters.stream().mapToLong(f -> f.figure("rules-offset")).max().orElse(-1);
        filters.stream()
                .filter(filter -> filter.figure("rules-offset") < newest)
                .forEach(filter -> needs.add("filter " + filter.id() + " judges by rules of version "
                        + filter.figure("rules-offset") + ", others by " + newest + "; look at its log"));
    }

    private void rest() {
        state.stops().forEach(stop -> needs.add("stopped: " + stop + "; release it with 'weir resume'"));
        state.suspended()
                .forEach((rule, paths) -> needs.add("rule " + rule + " is suspended on " + paths
                        + (paths == 1 ? " path" : " paths") + ", where it fired too often; see 'weir rules list'"));
        if (state.deadLetters() > 0) {
            needs.add(state.deadLetters() + " dead letters wait for a decision; see 'weir dead-letters list'");
        }
    }
}
