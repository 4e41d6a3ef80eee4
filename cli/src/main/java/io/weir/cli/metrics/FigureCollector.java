package io.weir.cli.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.agent.AgentStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All that a scrape says of a part comes from one state, so that what adds up there does so here. */
final class FigureCollector implements MultiCollector {
    private final Supplier<List<ComponentState>> parts;

    FigureCollector(Supplier<List<ComponentState>> parts) {
        this.parts = parts;
    }

    @Override
    public MetricSnapshots collect() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        for (ComponentState part : parts.get()) {
            collect(part, snapshots);
        }
        return new MetricSnapshots(snapshots);
    }

    private static void collect(ComponentState part, List<MetricSnapshot> snapshots) {
        Map<String, List<FigureMetric>> byName = new LinkedHashMap<>();
        for (FigureMetric metric : FigureMetric.of(part.kind())) {
            // A worker's figures appear with their first count.
            if (part.figures().containsKey(metric.figure()) || part.kind().equals("worker")) {
                byName.computeIfAbsent(metric.fullName(), n -> new ArrayList<>())
                        .add(metric);
            }
        }
        byName.values().forEach(metrics -> snapshots.add(snapshot(metrics, part.figures())));
        if (part.kind().equals("agent")) {
            snapshots.add(types(part.figures()));
        }
        snapshots.add(GaugeSnapshot.builder()
                .name("weir_" + part.kind() + "_healthy")
                .help("1 while it does its work, else 0; " + HealthHandler.READY + " tells why.")
                .dataPoint(point(part.ready() ? 1 : 0))
                .build());
    }

    private static MetricSnapshot snapshot(List<FigureMetric> metrics, Map<String, Long> figures) {
        FigureMetric first = metrics.get(0);
        if (!first.counter()) {
            return GaugeSnapshot.builder()
                    .name(first.fullName())
                    .help(first.help())
                    .dataPoint(point(value(first, figures)))
                    .build();
        }
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder().name(first.fullName()).help(first.help());
        for (FigureMetric metric : metrics) {
            counter.dataPoint(CounterDataPointSnapshot.builder()
                    .value(value(metric, figures))
                    .labels(labels(metric))
                    .build());
        }
        return counter.build();
    }

    private static MetricSnapshot types(Map<String, Long> figures) {
        CounterSnapshot.Builder types =
                CounterSnapshot.builder().name("weir_agent_typed_events").help("Events by their type.");
        new TreeMap<>(figures).forEach((figure, count) -> {
            if (figure.startsWith(AgentStatus.EVENTS_OF_TYPE)) {
                types.dataPoint(CounterDataPointSnapshot.builder()
                        .value(count)
                        .labels(Labels.of("type", figure.substring(AgentStatus.EVENTS_OF_TYPE.length())))
                        .build());
            }
        });
        return types.build();
    }

    private static double value(FigureMetric metric, Map<String, Long> figures) {
        return figures.getOrDefault(metric.figure(), 0L) * metric.scale();
    }

    private static GaugeDataPointSnapshot point(double value) {
        return GaugeDataPointSnapshot.builder().value(value).build();
    }

    private static Labels labels(FigureMetric metric) {
        String label = metric.label();
        if (label == null) {
            return Labels.EMPTY;
        }
        int equals = label.indexOf('=');
        return Labels.of(label.substring(0, equals), label.substring(equals + 1));
    }
}
