package io.weir.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Requests that are carried out as one, the first of them standing for all.
 *
 * @param count of all requests, the first included
 * @param paths of their events, for people, in the order of the requests; of many only the first ones
 * @param from log time of the first request
 * @param window how long it was gathered for
 */
public record Gathered(long count, List<String> paths, Instant from, Duration window) {
    public Gathered {
        paths = List.copyOf(paths);
        if (count < 1 || paths.size() > count) {
            throw new IllegalArgumentException("count='" + count + "': expected at least as many as paths, and one");
        }
    }
}
