package io.weir.agent;

import io.weir.schemas.topic.VolumeName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of an agent.
 *
 * @param id agent id, part of every event id; not empty, without {@code :}
 * @param host name of the host that the agent runs on
 * @param version of the program, for its status
 * @param dataDirectory where spool, baseline and marks are kept; empty: in memory, nothing outlives the process and no
 *     marks are read
 * @param baseline whether the tree is remembered, so that changes made while the agent was down, or that an overflow hid,
 *     are found
 * @param initial what the first scan of a tree does that has no baseline yet
 * @param activities what is published
 * @param coalesce runs of {@code modified} on one file within this become one event; zero: each is published
 * @param spoolBytes bound of the spool; when it is full, a gap begins
 * @param closeTimeout how long {@link AgentCore#close} waits for the outlet to deliver what is spooled
 */
public record AgentConfig(
        String id,
        String host,
        String version,
        Optional<Path> dataDirectory,
        boolean baseline,
        InitialScan initial,
        Set<Activity> activities,
        Duration coalesce,
        long spoolBytes,
        Duration closeTimeout) {
    /** What the first scan does with the files that it finds. */
    public enum InitialScan {
        /** They are remembered and not published. */
        NONE,
        /** Each is published as {@code created}, reconstructed. */
        EMIT
    }

    /** Groups of event types. */
    public enum Activity {
        /** created, modified, written, attributes-changed, moved, moved-in, moved-out, deleted, and a source's own. */
        WRITE,
        /** opened, read, closed. */
        READ
    }

    public AgentConfig {
        if (id.isEmpty() || id.contains(":")) {
            throw new IllegalArgumentException("agent id='" + id + "': expected text without ':'");
        }
        if (activities.isEmpty()) {
            throw new IllegalArgumentException("agent activities=[]: expected write, read or both");
        }
        if (coalesce.isNegative()) {
            throw new IllegalArgumentException("agent coalesce='" + coalesce + "': expected zero or more");
        }
        if (spoolBytes < 1 << 20) {
            throw new IllegalArgumentException("agent spool bytes=" + spoolBytes + ": expected at least 1 MiB");
        }
        activities = Set.copyOf(activities);
    }

    /** The defaults over a data directory. */
    public static AgentConfig of(String id, String host, Path dataDirectory) {
        return defaults(id, host, Optional.of(dataDirectory), true);
    }

    /** The defaults in memory and without a baseline, for watching by eye. */
    public static AgentConfig inMemory(String id, String host) {
        return defaults(id, host, Optional.empty(), false);
    }

    private static AgentConfig defaults(String id, String host, Optional<Path> directory, boolean baseline) {
        return new AgentConfig(
                id,
                host,
                "development",
                directory,
                baseline,
                InitialScan.NONE,
                Set.of(Activity.WRITE),
                Duration.ofMillis(100),
                1L << 30,
                Duration.ofSeconds(5));
    }

    public AgentConfig withVersion(String value) {
        return new AgentConfig(
                id, host, value, dataDirectory, baseline, initial, activities, coalesce, spoolBytes, closeTimeout);
    }

    public AgentConfig withBaseline(boolean value) {
        return new AgentConfig(
                id, host, version, dataDirectory, value, initial, activities, coalesce, spoolBytes, closeTimeout);
    }

    public AgentConfig withInitial(InitialScan value) {
        return new AgentConfig(
                id, host, version, dataDirectory, baseline, value, activities, coalesce, spoolBytes, closeTimeout);
    }

    public AgentConfig withActivities(Set<Activity> value) {
        return new AgentConfig(
                id, host, version, dataDirectory, baseline, initial, value, coalesce, spoolBytes, closeTimeout);
    }

    public AgentConfig withCoalesce(Duration value) {
        return new AgentConfig(
                id, host, version, dataDirectory, baseline, initial, activities, value, spoolBytes, closeTimeout);
    }

    public AgentConfig withSpoolBytes(long value) {
        return new AgentConfig(
                id, host, version, dataDirectory, baseline, initial, activities, coalesce, value, closeTimeout);
    }

    public AgentConfig withCloseTimeout(Duration value) {
        return new AgentConfig(
                id, host, version, dataDirectory, baseline, initial, activities, coalesce, spoolBytes, value);
    }

    /** The marks directory of a volume, {@code <data directory>/marks/<volume>}; empty in memory. */
    public Optional<Path> marksDirectory(String volume) {
        VolumeName.requireValid(volume);
        return dataDirectory.map(d -> d.resolve("marks").resolve(volume));
    }
}
