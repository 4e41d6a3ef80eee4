package io.weir.schemas.registry;

/** What a registry demands of a new version of a subject's schema, by Confluent's names. */
public enum Compatibility {
    /** Nothing. */
    NONE,
    /** The new schema reads what the last one wrote. */
    BACKWARD,
    /** The new schema reads what any earlier one wrote. */
    BACKWARD_TRANSITIVE,
    /** The last schema reads what the new one writes. */
    FORWARD,
    /** Every earlier schema reads what the new one writes. */
    FORWARD_TRANSITIVE,
    /** Both ways, with the last. */
    FULL,
    /** Both ways, with all. */
    FULL_TRANSITIVE;

    /** Whether the new schema must read what earlier ones wrote. */
    public boolean backward() {
        return this == BACKWARD || this == BACKWARD_TRANSITIVE || this == FULL || this == FULL_TRANSITIVE;
    }

    /** Whether earlier schemas must read what the new one writes. */
    public boolean forward() {
        return this == FORWARD || this == FORWARD_TRANSITIVE || this == FULL || this == FULL_TRANSITIVE;
    }

    /** Whether all earlier schemas count, not only the last. */
    public boolean transitive() {
        return name().endsWith("_TRANSITIVE");
    }
}
