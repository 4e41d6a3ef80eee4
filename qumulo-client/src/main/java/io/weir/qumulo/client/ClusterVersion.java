package io.weir.qumulo.client;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of Qumulo Core. */
public record ClusterVersion(int major, int minor, int patch) implements Comparable<ClusterVersion> {
    /** The first release whose REST API has Change Notify. */
    public static final ClusterVersion OLDEST_SUPPORTED = new ClusterVersion(6, 0, 2);

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
    private static final Comparator<ClusterVersion> ORDER = Comparator.comparingInt(ClusterVersion::major)
            .thenComparingInt(ClusterVersion::minor)
            .thenComparingInt(ClusterVersion::patch);

    /** Finds the version in a {@code revision_id} such as {@code Qumulo Core 7.9.2.3}; empty if there is none. */
    public static Optional<ClusterVersion> find(String revisionId) {
        Matcher m = NUMBERS.matcher(revisionId);
        return m.find()
                ? Optional.of(new ClusterVersion(
                        Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(ClusterVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
