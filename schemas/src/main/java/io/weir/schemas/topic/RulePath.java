package io.weir.schemas.topic;

import java.util.Optional;

/**
 * A path on a volume, and a rule that may be suspended for it.
 *
 * @param rule id
 * @param volume a valid {@link VolumeName}
 * @param path absolute within the volume
 */
public record RulePath(String rule, String volume, String path) {
    /**
     * Key of its records in {@link Topics#RULE_STATUS} and {@link Topics#ALERTS}: {@code rule:volume:/path}. No rule's own
     * key there has a colon.
     */
    public String key() {
        return rule + ":" + place();
    }

    /** {@code volume:/path}. */
    public String place() {
        return volume + ":" + path;
    }

    /** Of a key in {@link Topics#RULE_STATUS}; empty if it is that of a rule or of an apply. */
    public static Optional<RulePath> ofKey(String key) {
        int rule = key.indexOf(':');
        int volume = key.indexOf(':', rule + 1);
        return rule < 0 || volume < 0
                ? Optional.empty()
                : Optional.of(new RulePath(
                        key.substring(0, rule), key.substring(rule + 1, volume), key.substring(volume + 1)));
    }
}
