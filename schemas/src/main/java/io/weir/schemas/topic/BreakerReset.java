package io.weir.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.Actor;
import io.weir.schemas.Contribution;
import io.weir.schemas.FileEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Says in the log of the events, or of the contributions, that a suspended rule may act on a path again. It stands in the
 * order of the log, so that whoever reads that again comes to the same decisions. No event of a file: all who look for those
 * pass it over, as they do ticks.
 *
 * @param target what is reset
 */
public record BreakerReset(RulePath target) {
    /** The type of such an event. */
    public static final String TYPE = "reset";

    private static final String RULE = "reset-rule";

    /** As an event, under the key {@link Keys#fileEvent} of the path; needs {@link #write} besides. */
    public FileEvent event(String author, String host, Instant at) {
        return FileEvent.newBuilder()
                .setType(TYPE)
                .setVolume(target.volume())
                .setPath(target.path())
                .setAgent("weir-rules")
                .setEpoch(0)
                .setSequence(0)
                .setObservedAt(at.truncatedTo(ChronoUnit.MICROS))
                .setHost(host)
                .setActor(new Actor(author, null, null, null, "weir rules reset", "certain"))
                .build();
    }

    /** As a contribution, for each partition of those: which one has counted cannot be told from the path. */
    public Contribution contribution(String author, String host, Instant at) {
        return Uncounted.contribution(target.rule(), event(author, host, at));
    }

    /** Says in the headers of the event which rule is meant. */
    public void write(Headers headers) {
        headers.remove(RULE);
        headers.add(RULE, target.rule().getBytes(UTF_8));
    }

    /** What an event of {@link #TYPE} resets; empty if it does not say. */
    public static Optional<BreakerReset> read(Headers headers, String volume, String path) {
        Header rule = headers.lastHeader(RULE);
        return rule == null || rule.value() == null
                ? Optional.empty()
                : Optional.of(new BreakerReset(new RulePath(new String(rule.value(), UTF_8), volume, path)));
    }

    /** What a contribution resets; empty if it is one to count. */
    public static Optional<BreakerReset> read(Contribution contribution) {
        FileEvent event = contribution.getEvent();
        return event.getType().equals(TYPE)
                ? Optional.of(
                        new BreakerReset(new RulePath(contribution.getRule(), event.getVolume(), event.getPath())))
                : Optional.empty();
    }
}
