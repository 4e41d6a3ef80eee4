package io.weir.filter.replay;

import io.weir.filter.ActiveRules;
import io.weir.filter.RegisteredVolumes;
import io.weir.filter.RuleLog;
import io.weir.filter.RuleRecords;
import io.weir.filter.Volumes;
import io.weir.rules.ActionTypes;
import io.weir.schemas.RulesInForce;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Rebuilds the rule sets of the past from {@code weir.rules}, and the registered volumes from {@code weir.volumes}; both keep
 * every version for longer than events are kept. A set that is not the one whose hash was recorded is told as a fault.
 */
public final class RuleArchive {
    private final KafkaConnection connection;
    private final ActionTypes types;

    public RuleArchive(KafkaConnection connection, ActionTypes types) {
        this.connection = connection;
        this.types = types;
    }

    /** What is in force now. */
    public InForce now() {
        return new InForce(rules(Long.MAX_VALUE, Long.MAX_VALUE), volumes(Long.MAX_VALUE));
    }

    /** The rules that were in force at a moment, with the volumes of now. */
    public InForce at(Instant moment) {
        return new InForce(rules(Long.MAX_VALUE, moment.toEpochMilli()), volumes(Long.MAX_VALUE));
    }

    /** As recorded with each first record that was judged by a set. */
    public RuleTimeline recorded() {
        List<RulesInForce> changes = new ArrayList<>();
        StateTopic.read(connection, Topics.RULES_IN_FORCE, line -> line.value()
                .filter(RulesInForce.class::isInstance)
                .map(RulesInForce.class::cast)
                .ifPresent(changes::add));
        TreeSet<Long> rulesWanted = new TreeSet<>();
        TreeSet<Long> volumesWanted = new TreeSet<>();
        changes.forEach(change -> {
            rulesWanted.add(change.getRulesOffset());
            volumesWanted.add(change.getVolumesOffset());
        });
        List<String> faults = new ArrayList<>();
        Map<Long, ActiveRules> rules = rules(rulesWanted, faults);
        Map<Long, RegisteredVolumes> volumes = volumes(volumesWanted);
        Map<TopicPartition, NavigableMap<Long, InForce>> timeline = new HashMap<>();
        Map<Long, String> checked = new HashMap<>();
        for (RulesInForce change : changes) {
            ActiveRules set = rules.getOrDefault(change.getRulesOffset(), ActiveRules.NONE);
            checked.computeIfAbsent(change.getRulesOffset(), offset -> {
                faults.addAll(SetFaults.of(change, set, rules));
                return change.getHash();
            });
            timeline.computeIfAbsent(
                            new TopicPartition(change.getTopic(), change.getPartition()), partition -> new TreeMap<>())
                    .put(
                            change.getFromOffset(),
                            new InForce(set, volumes.getOrDefault(change.getVolumesOffset(), RegisteredVolumes.NONE)));
        }
        return RuleTimeline.recorded(timeline, faults);
    }

    private ActiveRules rules(long untilOffset, long untilMillis) {
        RuleLog log = new RuleLog(types, report -> {});
        StateTopic.read(connection, Topics.RULES, line -> {
            if (line.offset() <= untilOffset && line.timestamp() <= untilMillis) {
                feed(log, line);
            }
        });
        return log.soFar();
    }

    private static void feed(RuleLog log, StateTopic.Line line) {
        line.fault()
                .ifPresentOrElse(
                        fault -> log.unreadable(line.key(), fault, line.offset()),
                        () -> RuleRecords.feed(
                                log, line.key(), line.headers(), line.value().orElse(null), line.offset()));
    }

    /** The sets at these offsets, in one pass. */
    private Map<Long, ActiveRules> rules(SortedSet<Long> wanted, List<String> faults) {
        Map<Long, ActiveRules> sets = new HashMap<>();
        TreeSet<Long> left = new TreeSet<>(wanted);
        RuleLog log = new RuleLog(types, report -> {});
        AppliedHashes hashes = new AppliedHashes();
        StateTopic.read(connection, Topics.RULES, line -> {
            while (!left.isEmpty() && left.first() < line.offset()) {
                sets.put(left.pollFirst(), log.soFar());
            }
            hashes.on(line);
            feed(log, line);
        });
        left.forEach(offset -> sets.put(offset, log.soFar()));
        faults.addAll(hashes.faults());
        return sets;
    }

    private RegisteredVolumes volumes(long until) {
        Volumes volumes = new Volumes();
        StateTopic.read(connection, Topics.VOLUMES, line -> {
            if (line.offset() <= until) {
                feed(volumes, line);
            }
        });
        return volumes.get();
    }

    private Map<Long, RegisteredVolumes> volumes(SortedSet<Long> wanted) {
        Map<Long, RegisteredVolumes> all = new HashMap<>();
        TreeSet<Long> left = new TreeSet<>(wanted);
        Volumes volumes = new Volumes();
        StateTopic.read(connection, Topics.VOLUMES, line -> {
            while (!left.isEmpty() && left.first() < line.offset()) {
                all.put(left.pollFirst(), volumes.get());
            }
            feed(volumes, line);
        });
        left.forEach(offset -> all.put(offset, volumes.get()));
        return all;
    }

    private static void feed(Volumes volumes, StateTopic.Line line) {
        if (line.value().isEmpty() && line.fault().isEmpty()) {
            volumes.remove(line.key(), line.offset());
        } else {
            volumes.add(line.key(), line.offset());
        }
    }
}
