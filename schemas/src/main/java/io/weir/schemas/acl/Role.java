package io.weir.schemas.acl;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.weir.schemas.topic.RulesApply;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;

/** A part of Weir or a kind of user. {@link #grants} are all the rights that it needs in Kafka. */
public enum Role {
    /** Publishes events, and claims what it watches. */
    AGENT("weir agent"),
    /** The same, and follows the rules, so that it reads only what they ask of files. */
    QUMULO("weir qumulo"),
    /** Judges events. Makes no topics. */
    FILTER("weir filter"),
    /** Carries out the actions of the volumes that it serves, and those that need no volume. */
    WORKER("weir worker of the volumes of --volume"),
    /** Changes rules; by that moves files wherever workers allow it. */
    RULE_AUTHOR("weir rules"),
    /** Stops, resumes, undoes, restores, retries; asks workers for actions directly. */
    OPERATOR("weir stop, resume, undo, quarantine, dead-letters, rules reset"),
    /** Reads everything, changes nothing. */
    READER("weir status, events, decisions, actions, trace, rules list"),
    /** Makes topics and registers volumes; changes and deletes none. */
    ADMIN("weir topics create, volume add");

    private static final String ALL = "weir.";

    private final String commands;

    Role(String commands) {
        this.commands = commands;
    }

    /** The commands that it is for. */
    public String commands() {
        return commands;
    }

    /** As it is written in arguments and pages: {@code rule-author}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The rights that it needs.
     *
     * @param volumes that a worker serves; others pass them over
     */
    public List<Grant> grants(Collection<String> volumes) {
        return switch (this) {
            case AGENT -> List.of(Grant.topic(Topics.FILE_EVENTS, WRITE), Grant.topic(Topics.COMPONENTS, READ, WRITE));
            case QUMULO ->
                List.of(
                        Grant.topic(Topics.FILE_EVENTS, WRITE),
                        Grant.topic(Topics.COMPONENTS, READ, WRITE),
                        Grant.topic(Topics.RULES, READ));
            case FILTER -> filter();
            case WORKER -> worker(volumes);
            case RULE_AUTHOR ->
                List.of(
                        Grant.topic(Topics.RULES, READ, WRITE),
                        Grant.topic(Topics.RULE_STATUS, READ),
                        Grant.topic(Topics.COMPONENTS, READ),
                        Grant.transactions(RulesApply.TRANSACTIONAL_ID, PatternType.LITERAL));
            case OPERATOR -> operator();
            case READER -> reader();
            case ADMIN ->
                List.of(
                        Grant.topics(ALL, CREATE, DESCRIBE, DESCRIBE_CONFIGS),
                        Grant.topics(Topics.FILTER + "-", CREATE, DESCRIBE, DESCRIBE_CONFIGS),
                        Grant.topic(Topics.COMPONENTS, READ, WRITE),
                        Grant.topic(Topics.VOLUMES, WRITE));
        };
    }

    /** The same as Kafka's entries for a user such as {@code User:agent}. */
    public List<AclBinding> bindings(String principal, Collection<String> volumes) {
        return grants(volumes).stream()
                .flatMap(grant -> grant.bindings(principal).stream())
                .toList();
    }

    private static List<Grant> filter() {
        return List.of(
                // It checks at its start that all are there and as they must be.
                Grant.topics(ALL, DESCRIBE, DESCRIBE_CONFIGS),
                Grant.topic(Topics.FILE_EVENTS, READ, WRITE), // WRITE: ticks
                Grant.topic(Topics.AGGREGATES, READ, WRITE),
                Grant.topic(Topics.RULES, READ),
                Grant.topic(Topics.VOLUMES, READ),
                Grant.topic(Topics.COMPONENTS, READ, WRITE),
                Grant.topic(Topics.RULES_IN_FORCE, WRITE),
                Grant.topic(Topics.DECISIONS, WRITE),
                Grant.topics(Topics.ACTIONS, WRITE), // of all volumes
                Grant.topic(Topics.DIGESTS, WRITE),
                Grant.topic(Topics.RULE_STATUS, WRITE),
                Grant.topic(Topics.ALERTS, WRITE),
                Grant.topic(Topics.DEAD_LETTERS, WRITE),
                Grant.topics(Topics.FILTER + "-", READ, WRITE), // its state
                Grant.group(Topics.FILTER, READ),
                Grant.transactions(Topics.FILTER, PatternType.PREFIXED));
    }

    private static List<Grant> worker(Collection<String> volumes) {
        List<Grant> grants = new ArrayList<>(List.of(
                Grant.topic(Topics.ACTIONS, READ, DESCRIBE_CONFIGS),
                Grant.topic(Topics.DIGESTS, READ),
                Grant.topic(Topics.VOLUMES, READ),
                Grant.topic(Topics.CONTROL, READ, WRITE), // WRITE: the action all-stop
                Grant.topic(Topics.QUARANTINE, READ, WRITE),
                Grant.topic(Topics.ACTION_RESULTS, WRITE),
                Grant.topic(Topics.DEAD_LETTERS, WRITE),
                Grant.topic(Topics.COMPONENTS, WRITE),
                Grant.group("weir-worker", READ),
                Grant.group("weir-worker.digests", READ)));
        for (String volume : volumes) {
            // WRITE: what its quarantine holds too long is purged by a request to its workers.
            grants.add(Grant.topic(Topics.actionsOf(volume), READ, WRITE, DESCRIBE_CONFIGS));
            grants.add(Grant.group("weir-worker-" + volume, READ));
        }
        return List.copyOf(grants);
    }

    private static List<Grant> reader() {
        return List.of(Grant.topics(ALL, READ), Grant.groups("weir-", DESCRIBE));
    }

    private static List<Grant> operator() {
        List<Grant> grants = new ArrayList<>(reader());
        grants.add(Grant.topic(Topics.CONTROL, WRITE));
        grants.add(Grant.topics(Topics.ACTIONS, WRITE));
        grants.add(Grant.topic(Topics.DIGESTS, WRITE));
        grants.add(Grant.topic(Topics.DEAD_LETTERS, WRITE));
        grants.add(Grant.topic(Topics.FILE_EVENTS, WRITE)); // resets of suspended rules
        grants.add(Grant.topic(Topics.AGGREGATES, WRITE));
        return List.copyOf(grants);
    }
}
