package io.weir.schemas.topic;

/**
 * What an all-stop holds back. Its text is the key in {@link Topics#CONTROL}.
 *
 * @param kind which actions
 * @param name of the volume or rule; empty for {@link Kind#ALL}
 */
public record StopScope(Kind kind, String name) {
    /** The scope of everything. */
    public static final StopScope ALL = new StopScope(Kind.ALL, "");

    private static final String EXPECTED = "expected all, volume/NAME or rule/ID";

    /** Which actions a scope covers. */
    public enum Kind {
        /** All. */
        ALL,
        /** Those of events on one volume. */
        VOLUME,
        /** Those of one rule. */
        RULE
    }

    public static StopScope volume(String name) {
        return new StopScope(Kind.VOLUME, name);
    }

    public static StopScope rule(String id) {
        return new StopScope(Kind.RULE, id);
    }

    /**
     * The scope of a text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static StopScope parse(String text) {
        if (text.equals("all")) {
            return ALL;
        }
        int slash = text.indexOf('/');
        String name = text.substring(slash + 1);
        if (slash > 0 && !name.isBlank()) {
            String kind = text.substring(0, slash);
            if (kind.equals("volume")) {
                return volume(VolumeName.requireValid(name));
            }
            if (kind.equals("rule")) {
                return rule(name);
            }
        }
        throw new IllegalArgumentException("scope='" + text + "': " + EXPECTED);
    }

    /** Whether it covers an action of a rule on an event of a volume. */
    public boolean covers(String volume, String rule) {
        return switch (kind) {
            case ALL -> true;
            case VOLUME -> name.equals(volume);
            case RULE -> name.equals(rule);
        };
    }

    /** {@code all}, {@code volume/NAME} or {@code rule/ID}. */
    @Override
    public String toString() {
        return switch (kind) {
            case ALL -> "all";
            case VOLUME -> "volume/" + name;
            case RULE -> "rule/" + name;
        };
    }
}
