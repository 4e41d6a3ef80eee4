package io.weir.benchmarks.capture;

import io.weir.benchmarks.Latencies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a tool's reports compare with what was done.
 *
 * @param share of the operations that were reported, 0 to 1
 * @param duplicates creations, arrivals and deletions of one path reported more than once
 * @param wrongPaths reports of paths that never were there
 * @param delays from operation to report
 */
record Score(double share, long duplicates, long wrongPaths, Latencies delays) {
    private static final Set<Change> ONCE = Set.of(Change.CREATED, Change.MOVED_TO, Change.DELETED);

    private record Key(Change change, String path) {}

    static Score of(List<Operation> operations, Set<String> existed, List<Report> reports) {
        Map<Key, Long> first = new HashMap<>();
        Set<String> wrong = new HashSet<>();
        long duplicates = 0;
        for (Report report : reports) {
            if (!existed.contains(report.path()) && !report.path().contains("/.ready")) {
                wrong.add(report.path());
            }
            boolean exact = report.changes().size() == 1;
            for (Change change : report.changes()) {
                Long before = first.putIfAbsent(new Key(change, report.path()), report.at());
                if (before != null && exact && ONCE.contains(change)) {
                    duplicates++;
                }
            }
        }
        List<Long> delays = new ArrayList<>();
        for (Operation operation : operations) {
            Long at = first.get(new Key(operation.change(), operation.path()));
            if (at != null) {
                delays.add(at - operation.at());
            }
        }
        return new Score(
                operations.isEmpty() ? 1 : (double) delays.size() / operations.size(),
                duplicates,
                wrong.size(),
                new Latencies(delays.stream().mapToLong(Long::longValue).toArray()));
    }
}
