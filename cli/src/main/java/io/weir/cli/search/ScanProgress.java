package io.weir.cli.search;

import io.weir.cli.CommandOutput;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** Says how far a search is, again and again, if it takes more than two seconds. */
final class ScanProgress {
    private static final long QUIET = Duration.ofSeconds(2).toNanos();

    private final CommandOutput output;
    private final long begun = System.nanoTime();
    private long next = begun + QUIET;
    private long records;

    ScanProgress(CommandOutput output) {
        this.output = output;
    }

    void read(int more) {
        records += more;
    }

    /** @param left how many offsets of all are still to be read */
    void reached(Collection<TopicPartition> partitions, long left, long all) {
        long now = System.nanoTime();
        if (now - next >= 0) {
            next = now + QUIET;
            TreeSet<String> topics = new TreeSet<>();
            partitions.forEach(partition -> topics.add(partition.topic()));
            String where = topics.size() == 1 ? topics.first() : topics.size() + " topics";
            output.note("searching " + where + ": " + (all - left) + " of " + all + " records");
        }
    }

    void end() {
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (seconds * 1e9 > QUIET) {
            output.note(String.format(Locale.ROOT, "searched %d records in %.1f s", records, seconds));
        }
    }
}
