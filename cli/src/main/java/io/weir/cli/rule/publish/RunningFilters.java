package io.weir.cli.rule.publish;

import io.weir.schemas.ComponentStatus;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which filters run and how far each is with an apply, told by their records of {@code weir.components} and {@code
 * weir.rule-status}. Ages are by the broker's clock alone.
 *
 * <p>Three records tell that a filter has an apply: its word about the apply; its word about a later one, since of a key
 * only the newest waits to be written; and the rules offset in its sign of life, which counts only once {@link #settle}
 * is called, for its word, which may name faults, is on its way then.
 */
final class RunningFilters {
    /** Filters report every 5 s. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private final Consumer<String> taking;
    private final Map<String, Instant> heard = new HashMap<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final Map<String, RuleStatus> rejections = new LinkedHashMap<>();
    private final SortedSet<String> taken = new TreeSet<>();
    private final PublishedApply apply;
    private @Nullable RuleStatus refused;

    /**
     * No filter is known yet.
     *
     * @param taking told each filter that has the apply, once
     */
    RunningFilters(PublishedApply apply, Consumer<String> taking) {
        this.apply = apply;
        this.taking = taking;
    }

    /** Takes a sign of life. */
    void component(ComponentStatus status, Instant at) {
        if (!status.getKind().equals("filter")) {
            return;
        }
        if (status.getState().equals("stopped") || at.isBefore(apply.at().minus(SILENCE))) {
            heard.remove(status.getId());
            return;
        }
        heard.put(status.getId(), at);
        offsets.put(status.getId(), status.getFigures().getOrDefault("rules-offset", -1L));
    }

    /** Takes a filter's word about a rule or an apply. */
    void rule(RuleStatus status) {
        boolean ours = apply.applyId().equals(status.getApplyId());
        if (!status.getRule().equals(Keys.APPLY)) {
            if (ours && status.getStatus().equals("rejected")) {
                rejections.putIfAbsent(status.getRule(), status);
            }
        } else if (ours && status.getStatus().equals("rejected")) {
            refused = status;
        } else if (ours || status.getRulesOffset() > apply.offset()) {
            take(status.getFilter());
        }
    }

    /** Also counts filters that have the apply by their signs of life. */
    void settle() {
        offsets.forEach((filter, offset) -> {
            if (offset >= apply.offset() && heard.containsKey(filter)) {
                take(filter);
            }
        });
    }

    private void take(String filter) {
        if (taken.add(filter)) {
            taking.accept(filter);
        }
    }

    /** Whether a filter has spoken, and none that runs is still to. */
    boolean isComplete() {
        return refused != null || (!taken.isEmpty() && taken.containsAll(heard.keySet()));
    }

    /** Whether no filter is known to run. */
    boolean isEmpty() {
        return heard.isEmpty() && taken.isEmpty();
    }

    /** How things are, {@code since} the apply was published. */
    ApplyOutcome outcome(Duration since) {
        SortedMap<String, Duration> missing = new TreeMap<>();
        Instant now = apply.at().plus(since);
        heard.forEach((filter, at) -> {
            if (!taken.contains(filter)) {
                missing.put(filter, Duration.between(at, now));
            }
        });
        return new ApplyOutcome(taken, missing, rejections.values(), Optional.ofNullable(refused));
    }
}
