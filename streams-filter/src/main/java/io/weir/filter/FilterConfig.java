package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.rules.ActionTypes;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32;

/**
 * Settings of a filter.
 *
 * @param id tells this filter from others of the same application and stays the same over restarts, so that it gets its
 *     partitions back at once
 * @param host the host that it runs on, for its status
 * @param connection how to reach Kafka and the registry
 * @param dataDirectory where it keeps its identity; its own, and not shared with a second running filter
 * @param applicationId consumer group and prefix of its changelog topic; the same for all filters of an installation
 * @param threads how many partitions are judged at the same time; from 1
 * @param commitInterval how often results become visible, from 1 ms to 1 s
 * @param notAfter how long after an event's log time its actions may still be carried out
 * @param statusInterval how often it reports to {@code weir.components}
 * @param actionTypes the actions that rules may name
 */
public record FilterConfig(
        String id,
        String host,
        KafkaConnection connection,
        Path dataDirectory,
        String applicationId,
        int threads,
        Duration commitInterval,
        Duration notAfter,
        Duration statusInterval,
        ActionTypes actionTypes) {
    private static final Duration LONGEST_COMMIT_INTERVAL = Duration.ofSeconds(1);

    public FilterConfig {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        require(!id.isBlank(), "id", id, "a name that stays the same over restarts");
        require(!applicationId.isBlank(), "applicationId", applicationId, "a name such as weir-filter");
        require(threads >= 1, "threads", threads, "1 or more");
        require(
                !commitInterval.isNegative()
                        && commitInterval.toMillis() >= 1
                        && commitInterval.compareTo(LONGEST_COMMIT_INTERVAL) <= 0,
                "commitInterval",
                commitInterval,
                "1 ms to 1 s");
        require(!notAfter.isNegative() && !notAfter.isZero(), "notAfter", notAfter, "more than 0");
        require(
                !statusInterval.isNegative() && !statusInterval.isZero(),
                "statusInterval",
                statusInterval,
                "more than 0");
    }

    /** The defaults: one thread, results visible after 10 ms, actions good for 24 hours; an id from host and directory. */
    public static FilterConfig of(KafkaConnection connection, Path dataDirectory) {
        String host = localHost();
        return new FilterConfig(
                VolumeName.from(host) + "-" + fingerprint(dataDirectory),
                host,
                connection,
                dataDirectory,
                Topics.FILTER,
                1,
                Duration.ofMillis(10),
                Duration.ofHours(24),
                Duration.ofSeconds(5),
                ActionTypes.discover());
    }

    public FilterConfig withId(String newId) {
        return new FilterConfig(
                newId,
                host,
                connection,
                dataDirectory,
                applicationId,
                threads,
                commitInterval,
                notAfter,
                statusInterval,
                actionTypes);
    }

    public FilterConfig withApplicationId(String newApplicationId) {
        return new FilterConfig(
                id,
                host,
                connection,
                dataDirectory,
                newApplicationId,
                threads,
                commitInterval,
                notAfter,
                statusInterval,
                actionTypes);
    }

    public FilterConfig withCommitInterval(Duration newCommitInterval) {
        return new FilterConfig(
                id,
                host,
                connection,
                dataDirectory,
                applicationId,
                threads,
                newCommitInterval,
                notAfter,
                statusInterval,
                actionTypes);
    }

    public FilterConfig withThreads(int newThreads) {
        return new FilterConfig(
                id,
                host,
                connection,
                dataDirectory,
                applicationId,
                newThreads,
                commitInterval,
                notAfter,
                statusInterval,
                actionTypes);
    }

    public FilterConfig withActionTypes(ActionTypes newActionTypes) {
        return new FilterConfig(
                id,
                host,
                connection,
                dataDirectory,
                applicationId,
                threads,
                commitInterval,
                notAfter,
                statusInterval,
                newActionTypes);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("filter setting " + name + "='" + value + "': expected " + expected);
        }
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String fingerprint(Path directory) {
        CRC32 crc = new CRC32();
        crc.update(directory.toAbsolutePath().normalize().toString().getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
