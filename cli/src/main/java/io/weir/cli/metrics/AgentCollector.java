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
import java.util.function.Supplier;

/** All of a scrape comes from one status, so that what adds up there does so here. */
final class AgentCollector implements MultiCollector {
    private final Supplier<AgentStatus> status;

    AgentCollector(Supplier<AgentStatus> status) {
        this.status = status;
    }

    @Override
    public MetricSnapshots collect() {
        AgentStatus now = status.get();
        Map<String, List<AgentMetric>> byName = new LinkedHashMap<>();
        for (AgentMetric metric : AgentMetric.ALL) {
            if (now.figures().containsKey(metric.figure())) {
                byName.computeIfAbsent(metric.fullName(), n -> new ArrayList<>())
                        .add(metric);
            }
        }
        List<MetricSnapshot> snapshots = new ArrayList<>();
        byName.values().forEach(metrics -> snapshots.add(snapshot(metrics, now)));
        snapshots.add(GaugeSnapshot.builder()
                .name("weir_agent_healthy")
                .help("1 while the agent does its work, else 0; /-/healthy tells why.")
                .dataPoint(point(now.healthy() ? 1 : 0))
                .build());
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot snapshot(List<AgentMetric> metrics, AgentStatus now) {
        AgentMetric first = metrics.get(0);
        if (!first.counter()) {
            return GaugeSnapshot.builder()
                    .name(first.fullName())
                    .help(first.help())
                    .dataPoint(point(now.figure(first.figure()) * first.scale()))
                    .build();
        }
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder().name(first.fullName()).help(first.help());
        for (AgentMetric metric : metrics) {
            counter.dataPoint(CounterDataPointSnapshot.builder()
                    .value(now.figure(metric.figure()) * metric.scale())
                    .labels(labels(metric))
                    .build());
        }
        return counter.build();
    }

    private static GaugeDataPointSnapshot point(double value) {
        return GaugeDataPointSnapshot.builder().value(value).build();
    }

    private static Labels labels(AgentMetric metric) {
        String label = metric.label();
        if (label == null) {
            return Labels.EMPTY;
        }
        int equals = label.indexOf('=');
        return Labels.of(label.substring(0, equals), label.substring(equals + 1));
    }
}
