package io.weir.schemas.topic;

/** Names of Weir's topics. */
public final class Topics {
    public static final String FILE_EVENTS = "weir.file-events";
    public static final String RULES = "weir.rules";
    public static final String RULES_IN_FORCE = "weir.rules-in-force";
    public static final String VOLUMES = "weir.volumes";
    public static final String ACTIONS = "weir.actions";
    /** Requests that wait to be carried out together; key = rule id, so that those of one rule are in one partition. */
    public static final String DIGESTS = "weir.digests";

    public static final String ACTION_RESULTS = "weir.action-results";
    public static final String QUARANTINE = "weir.quarantine";
    public static final String DECISIONS = "weir.decisions";
    public static final String AGGREGATES = "weir.aggregates";
    public static final String RULE_STATUS = "weir.rule-status";
    public static final String ALERTS = "weir.alerts";
    public static final String COMPONENTS = "weir.components";
    public static final String CONTROL = "weir.control";
    public static final String DEAD_LETTERS = "weir.dead-letters";

    /** Consumer group, and prefix of transactional ids and of state topics, of an installation's filters. */
    public static final String FILTER = "weir-filter";

    private Topics() {}

    /** Whether the values of a topic are {@code ActionRequest}s that workers carry out. */
    public static boolean hasRequests(String topic) {
        return topic.equals(ACTIONS) || topic.equals(DIGESTS) || topic.startsWith(ACTIONS + ".");
    }

    /** The action topic of one volume, {@code weir.actions.<volume>}; the name must be a valid {@link VolumeName}. */
    public static String actionsOf(String volume) {
        return ACTIONS + "." + VolumeName.requireValid(volume);
    }
}
