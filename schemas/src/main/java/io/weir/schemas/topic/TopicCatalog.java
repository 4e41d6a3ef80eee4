package io.weir.schemas.topic;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Alert;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.Contribution;
import io.weir.schemas.ControlState;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.RulesInForce;
import io.weir.schemas.Volume;
import io.weir.schemas.registry.Compatibility;
import io.weir.schemas.serde.NeutralSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.TopicConfig;

/**
 * All of Weir's topics: what lies in them, how many partitions they have, how long records stay.
 *
 * <p>All have {@code message.timestamp.type=LogAppendTime}. Topics that grow with the events have
 * {@link TopicSettings#partitions} partitions and keep records for the audit window. Topics of state have one partition,
 * which gives them one order, and are compacted; those that an audit rebuilds ({@code weir.rules},
 * {@code weir.rules-in-force}, {@code weir.volumes}, {@code weir.control}) only after the audit window, tombstones
 * included. {@code weir.alerts} and {@code weir.dead-letters} have one partition, so that people read them in one order; the
 * records of the latter are those of the source as they are, of any type.
 */
public final class TopicCatalog {
    private static final Map<String, Schema> SCHEMAS = schemas();

    /** Makes a catalog. */
    public TopicCatalog() {}

    /** All topics but those of the volumes. */
    public List<TopicSpec> all(TopicSettings settings) {
        List<TopicSpec> all = new ArrayList<>();
        all.add(log(Topics.FILE_EVENTS, settings, Compatibility.FULL_TRANSITIVE));
        all.add(audited(Topics.RULES, settings));
        all.add(audited(Topics.RULES_IN_FORCE, settings));
        all.add(audited(Topics.VOLUMES, settings));
        all.add(log(Topics.ACTIONS, settings, Compatibility.FULL_TRANSITIVE));
        all.add(log(Topics.DIGESTS, settings, Compatibility.FULL_TRANSITIVE));
        all.add(log(Topics.ACTION_RESULTS, settings, Compatibility.FULL_TRANSITIVE));
        all.add(compacted(Topics.QUARANTINE, settings));
        all.add(log(Topics.DECISIONS, settings, Compatibility.BACKWARD_TRANSITIVE));
        all.add(log(Topics.AGGREGATES, settings, Compatibility.BACKWARD_TRANSITIVE));
        all.add(compacted(Topics.RULE_STATUS, settings));
        all.add(inOneOrder(log(Topics.ALERTS, settings, Compatibility.BACKWARD_TRANSITIVE)));
        all.add(components(settings));
        all.add(audited(Topics.CONTROL, settings));
        all.add(inOneOrder(log(Topics.DEAD_LETTERS, settings, Compatibility.NONE)));
        return List.copyOf(all);
    }

    /**
     * The topics in which the filter keeps its state. Kafka Streams would make those that are missing; with them made
     * beforehand a filter needs no right to make topics. Their time is the record's own, as Streams wants it.
     */
    public List<TopicSpec> filterState(TopicSettings settings) {
        return List.of(
                changelog("sequence-numbers", settings),
                changelog("event-state", settings),
                changelog("aggregate-state", settings));
    }

    private static TopicSpec changelog(String store, TopicSettings settings) {
        TopicSpec spec = compacted(Topics.FILTER + "-" + store + "-changelog", settings)
                .with(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime")
                // By default a filter whose clock is an hour ahead could write no state, and so judge nothing.
                .with(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE))
                .with(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(4 << 20))
                .with(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
        return new TopicSpec(
                spec.name(),
                settings.partitions(),
                spec.replicationFactor(),
                spec.configs(),
                Optional.empty(),
                Compatibility.NONE);
    }

    /** The action topic of a volume. */
    public TopicSpec actionsOf(String volume, TopicSettings settings) {
        return log(Topics.actionsOf(volume), settings, Compatibility.FULL_TRANSITIVE);
    }

    /**
     * The type of a topic's values, a record or a union of records, without hints for Java; empty for bytes and for topics
     * that are not Weir's.
     */
    public static Optional<Schema> schemaOf(String topic) {
        Schema schema = SCHEMAS.get(topic);
        if (schema == null && topic.startsWith(Topics.ACTIONS + ".")) {
            schema = SCHEMAS.get(Topics.ACTIONS);
        }
        return Optional.ofNullable(schema);
    }

    private static TopicSpec log(String name, TopicSettings settings, Compatibility compatibility) {
        Map<String, String> configs = configs(settings);
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        configs.put(TopicConfig.RETENTION_MS_CONFIG, millis(settings.auditWindow()));
        configs.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        return new TopicSpec(
                name, settings.partitions(), settings.replicationFactor(), configs, schemaOf(name), compatibility);
    }

    private static TopicSpec inOneOrder(TopicSpec log) {
        return new TopicSpec(
                log.name(), 1, log.replicationFactor(), log.configs(), log.valueSchema(), log.compatibility());
    }

    private static TopicSpec compacted(String name, TopicSettings settings) {
        Map<String, String> configs = configs(settings);
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        return new TopicSpec(
                name, 1, settings.replicationFactor(), configs, schemaOf(name), Compatibility.BACKWARD_TRANSITIVE);
    }

    /**
     * Small segments, since components read all of it at their start. Nothing is compacted within two minutes: a record that
     * an agent's process has just written stays there for others although another process of the same id writes, too.
     */
    private static TopicSpec components(TopicSettings settings) {
        return compacted(Topics.COMPONENTS, settings)
                .with(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 << 20))
                .with(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, millis(Duration.ofMinutes(2)));
    }

    private static TopicSpec audited(String name, TopicSettings settings) {
        return compacted(name, settings)
                .with(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, millis(settings.compactionLag()))
                .with(TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(settings.auditWindow()));
    }

    private static Map<String, String> configs(TopicSettings settings) {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        configs.put(TopicConfig.SEGMENT_MS_CONFIG, millis(settings.segment()));
        // With three copies, a write that two have is safe, and one broker may be away.
        configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, settings.replicationFactor() >= 3 ? "2" : "1");
        return configs;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static Map<String, Schema> schemas() {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        schemas.put(Topics.FILE_EVENTS, FileEvent.SCHEMA$);
        schemas.put(Topics.RULES, Schema.createUnion(Rule.SCHEMA$, Manifest.SCHEMA$));
        schemas.put(Topics.RULES_IN_FORCE, RulesInForce.SCHEMA$);
        schemas.put(Topics.VOLUMES, Volume.SCHEMA$);
        schemas.put(Topics.ACTIONS, ActionRequest.SCHEMA$);
        schemas.put(Topics.DIGESTS, ActionRequest.SCHEMA$);
        schemas.put(Topics.ACTION_RESULTS, ActionResult.SCHEMA$);
        schemas.put(Topics.QUARANTINE, ActionResult.SCHEMA$);
        schemas.put(Topics.DECISIONS, Decision.SCHEMA$);
        schemas.put(Topics.AGGREGATES, Contribution.SCHEMA$);
        schemas.put(Topics.RULE_STATUS, RuleStatus.SCHEMA$);
        schemas.put(Topics.ALERTS, Alert.SCHEMA$);
        schemas.put(Topics.COMPONENTS, ComponentStatus.SCHEMA$);
        schemas.put(Topics.CONTROL, ControlState.SCHEMA$);
        schemas.replaceAll((topic, schema) -> NeutralSchema.of(schema));
        return Map.copyOf(schemas);
    }
}
