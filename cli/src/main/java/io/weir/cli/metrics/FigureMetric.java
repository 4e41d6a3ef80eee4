package io.weir.cli.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of a part's figures as a metric.
 *
 * @param kind of the part: agent, filter or worker
 * @param figure the figure's name
 * @param name the metric's, without {@code weir_<kind>_} and {@code _total}
 * @param counter whether it only rises
 * @param label name and value of its label; null if it has none
 * @param scale what the figure is multiplied with
 * @param help one sentence
 */
record FigureMetric(
        String kind, String figure, String name, boolean counter, @Nullable String label, double scale, String help) {
    static FigureMetric counter(String kind, String figure, String name, String help) {
        return new FigureMetric(kind, figure, name, true, null, 1, help);
    }

    static FigureMetric labelled(String kind, String figure, String name, String label, String help) {
        return new FigureMetric(kind, figure, name, true, label, 1, help);
    }

    static FigureMetric gauge(String kind, String figure, String name, String help) {
        return new FigureMetric(kind, figure, name, false, null, 1, help);
    }

    /** All of a kind of part; those of one name one after the other. */
    static List<FigureMetric> of(String kind) {
        return switch (kind) {
            case "agent" -> AgentMetrics.ALL;
            case "filter" -> FilterMetrics.ALL;
            default -> WorkerMetrics.ALL;
        };
    }

    String fullName() {
        return "weir_" + kind + "_" + name;
    }
}
