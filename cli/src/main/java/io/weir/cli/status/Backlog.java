package io.weir.cli.status;

/**
 * What a consumer group has not taken yet.
 *
 * @param records how many
 * @param exact whether that is known, or only that it is not more
 */
record Backlog(long records, boolean exact) {
    static final Backlog NONE = new Backlog(0, true);

    Backlog plus(Backlog other) {
        return new Backlog(records + other.records, exact && other.exact);
    }

    @Override
    public String toString() {
        return exact ? Long.toString(records) : "up to " + records;
    }
}
