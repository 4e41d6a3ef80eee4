package io.weir.filter.replay.backtest;

import io.weir.rules.text.PathParts;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.RuleDecision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what rules would have acted on. For one thread. */
final class Hits {
    private static final int TEXTS = 2_000;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Map<LocalDate, Long> days = new TreeMap<>();
    private final Map<String, Long> rules = new TreeMap<>();
    private final TopCounter paths = new TopCounter(TEXTS);
    private final TopCounter owners = new TopCounter(TEXTS);
    private final TopCounter extensions = new TopCounter(TEXTS);
    private final LongSet files;
    private long fileCount;
    private boolean moreFiles;
    private long bytes;
    private long hits;
    private long actions;
    private long suspended;
    private long trips;

    /** @param mostFiles how many files are told apart */
    Hits(int mostFiles) {
        this.files = new LongSet(mostFiles);
    }

    /**
     * A decision; gives whether any rule would have acted.
     *
     * @param event which the requests carry; empty if there are none
     */
    boolean add(Instant time, Decision decision, Optional<FileEvent> event, int requests) {
        boolean hit = false;
        for (RuleDecision rule : decision.getRules()) {
            if (acts(rule)) {
                hit = true;
                rules.merge(rule.getRule(), 1L, Long::sum);
            } else if (rule.getOutcome().equals("tripped")) {
                suspended++;
            }
        }
        if (hit) {
            hits++;
            actions += requests;
            days.merge(LocalDate.ofInstant(time, ZoneOffset.UTC), 1L, Long::sum);
            paths.add(decision.getVolume() + ":" + decision.getPath(), 1);
            String extension = PathParts.extension(decision.getPath()).toLowerCase(Locale.ROOT);
            extensions.add(extension.isEmpty() ? "(none)" : extension, 1);
            touched(decision, event.map(FileEvent::getState));
        }
        return hit;
    }

    /** Whether a rule would have acted, or have told in shadow mode what it would do. */
    static boolean acts(RuleDecision rule) {
        return rule.getOutcome().equals("matched") || rule.getOutcome().equals("shadowed");
    }

    private void touched(Decision decision, Optional<FileState> state) {
        owners.add(state.map(FileState::getOwner).orElse("(unknown)"), 1);
        moreFiles |= files.isFull();
        if (files.add(hash(decision.getVolume() + ":" + decision.getPath()))) {
            fileCount++;
            bytes += state.map(FileState::getSize).filter(size -> size > 0).orElse(0L);
        }
    }

    /** FNV-1a over 64 bits, mixed: of a million files two are the same with one chance in thirty million. */
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xFF)) * FNV_PRIME;
        }
        hash ^= hash >>> 32;
        return hash * 0x9E3779B97F4A7C15L;
    }

    /** A breaker cut in. */
    void tripped() {
        trips++;
    }

    /** Adds those of another partition, which has other files. */
    void addAll(Hits other) {
        other.days.forEach((day, count) -> days.merge(day, count, Long::sum));
        other.rules.forEach((rule, count) -> rules.merge(rule, count, Long::sum));
        paths.addAll(other.paths);
        owners.addAll(other.owners);
        extensions.addAll(other.extensions);
        fileCount += other.fileCount;
        moreFiles |= other.moreFiles;
        bytes += other.bytes;
        hits += other.hits;
        actions += other.actions;
        suspended += other.suspended;
        trips += other.trips;
    }

    BacktestReport.Sums sums(int top) {
        return new BacktestReport.Sums(
                hits,
                actions,
                fileCount,
                moreFiles,
                bytes,
                trips,
                suspended,
                days,
                rules,
                BacktestReport.Counted.of(paths, top),
                BacktestReport.Counted.of(owners, top),
                BacktestReport.Counted.of(extensions, top));
    }
}
