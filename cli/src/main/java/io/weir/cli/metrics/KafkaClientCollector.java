package io.weir.cli.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * All that Kafka's clients and Kafka Streams measure in this process, under the names that Micrometer gives them ({@code
 * kafka_consumer_fetch_manager_records_lag_max}), with their tags as labels. Read from where Kafka's own {@code JmxReporter}
 * puts it, so that no part has to hand its clients out.
 */
final class KafkaClientCollector implements MultiCollector {
    private static final List<String> DOMAINS =
            List.of("kafka.admin.client", "kafka.consumer", "kafka.producer", "kafka.streams");

    private static final Set<String> ABOUT_THEMSELVES = Set.of("app-info", "kafka-metrics-count");
    private static final String TOTAL = "_total";

    private final MBeanServer beans;

    KafkaClientCollector(MBeanServer beans) {
        this.beans = beans;
    }

    @Override
    public MetricSnapshots collect() {
        Map<String, Map<Labels, Double>> byName = new TreeMap<>();
        for (String domain : DOMAINS) {
            try {
                for (ObjectName bean : beans.queryNames(new ObjectName(domain + ":type=*,*"), null)) {
                    if (!isLeftOut(bean)) {
                        read(bean, byName);
                    }
                }
            } catch (JMException e) {
                throw new IllegalStateException("the JDK does not take the name of a domain of Kafka's", e);
            }
        }
        List<MetricSnapshot> snapshots = new ArrayList<>();
        byName.forEach((name, points) -> {
            String counter = name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
            if (counter.equals(name)) {
                snapshots.add(gauge(name, points));
            } else if (!byName.containsKey(counter)) { // Else one name would stand for two.
                snapshots.add(counter(counter, points));
            }
        });
        return new MetricSnapshots(snapshots);
    }

    /**
     * What says nothing more: consumers tell each topic twice while KIP-1109 is under way, once with underscores, which none
     * of our topics has.
     */
    private static boolean isLeftOut(ObjectName bean) {
        if (ABOUT_THEMSELVES.contains(bean.getKeyProperty("type"))) {
            return true;
        }
        String topic = bean.getKeyProperty("topic");
        return topic != null && topic.startsWith("weir_");
    }

    private void read(ObjectName bean, Map<String, Map<Labels, Double>> byName) {
        Labels labels = labels(bean);
        String prefix = "kafka." + bean.getKeyProperty("type").replaceAll("-metrics$", "") + ".";
        try {
            String[] names = Arrays.stream(beans.getMBeanInfo(bean).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            for (Attribute attribute : beans.getAttributes(bean, names).asList()) {
                if (attribute.getValue() instanceof Number number && !Double.isNaN(number.doubleValue())) {
                    byName.computeIfAbsent(name(prefix + attribute.getName()), n -> new LinkedHashMap<>())
                            .put(labels, number.doubleValue());
                }
            }
        } catch (JMException e) {
            return; // Its client was closed a moment ago.
        }
    }

    /** {@code kafka.consumer-fetch-manager.records-lag} as {@code kafka_consumer_fetch_manager_records_lag}. */
    private static String name(String name) {
        return PrometheusNaming.prometheusName(name.replace('-', '_').replace('.', '_'));
    }

    private static Labels labels(ObjectName bean) {
        Map<String, String> tags = new TreeMap<>(bean.getKeyPropertyList());
        tags.remove("type");
        String[] names = tags.keySet().stream()
                .map(tag -> PrometheusNaming.sanitizeLabelName(tag.replace('-', '_')))
                .toArray(String[]::new);
        String[] values = tags.values().stream()
                .map(value -> value.startsWith("\"") ? ObjectName.unquote(value) : value)
                .toArray(String[]::new);
        return Labels.of(names, values);
    }

    private static MetricSnapshot gauge(String name, Map<Labels, Double> points) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name);
        points.forEach((labels, value) -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return gauge.build();
    }

    private static MetricSnapshot counter(String name, Map<Labels, Double> points) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name);
        points.forEach((labels, value) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(Math.max(0, value))
                .build()));
        return counter.build();
    }
}
