package io.weir.filter;

import io.weir.rules.ActionTypes;
import io.weir.rules.RuleSet;
import io.weir.schemas.Manifest;
import io.weir.schemas.topic.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the records of {@code weir.rules}, committed ones only and in their order, and says which rule set is in force.
 *
 * <p><b>Live.</b> A rule or tombstone without an apply id takes effect at once. One with an apply id is staged. A manifest
 * whose ids and hash fit what was staged under its apply id puts all of it in force with one volatile write; one that does
 * not fit rejects the apply by name, and nothing of it takes effect. A rule that does not compile is rejected alone: the
 * version before it, if there is one, stays in force. An apply, or a rule by itself, that would raise what an event may
 * cost above {@link io.weir.rules.RuleCost#CAP} is rejected as a whole. A set's offset is that of the last record that it
 * contains, the manifest's for an apply.
 *
 * <p><b>Restoring.</b> From the construction to {@link #restored} the log is taken to be compacted: of each key the last
 * record remains, and of all manifests, which share a key, perhaps only the last. Rules so found are in force exactly as
 * they are live, with these differences:
 *
 * <ul>
 *   <li>A manifest may list rules whose records are gone, if offsets are missing between its {@code baseOffset} and
 *       itself: later records replaced them. The hash is then checked only if all rules written are there.
 *   <li>What is staged under another apply id when a manifest comes had a manifest of its own before, which this one has
 *       replaced: it is in force. (Applies do not interleave: they are written under one transactional id.)
 *   <li>What is staged when the log ends awaits its manifest.
 *   <li>The set is built and reported once, at the end.
 * </ul>
 *
 * <p>So a version that a rejected version replaced, and an apply that was rejected, are known for as long as compaction
 * leaves them ({@code min.compaction.lag.ms} of the topic, which exceeds the audit window). Live, what is staged under
 * another id when a manifest comes takes effect as well, so that a restart reaches the same set.
 *
 * <p>Of a key the later record counts, as it does for compaction: a record without an apply id that lies between an
 * apply's record of the same rule and its manifest is not undone by the manifest.
 *
 * <p>One thread feeds it; {@link #get} and {@link #restored} may be called by all.
 */
public final class RuleLog implements Supplier<ActiveRules> {
    private final RuleCompiler compiler;
    private final Consumer<RuleReport> reports;
    private final Map<String, StagedApply> staged = new LinkedHashMap<>();
    private final Map<String, RuleReport> heldBack = new LinkedHashMap<>();
    private final NavigableSet<Long> seen = new TreeSet<>();
    private RuleSet rules = RuleSet.EMPTY;
    private boolean restoring = true;
    private long offset = -1;
    private volatile ActiveRules active = ActiveRules.NONE;

    /**
     * @param types the actions that rules may name
     * @param reports told what became of each rule, by the feeding thread
     */
    public RuleLog(ActionTypes types, Consumer<RuleReport> reports) {
        this.compiler = new RuleCompiler(types);
        this.reports = reports;
    }

    /** The set in force. */
    @Override
    public ActiveRules get() {
        return active;
    }

    /** Takes a rule. Without an apply id it takes effect at once. */
    public synchronized void rule(String id, String definition, Optional<String> applyId, long recordOffset) {
        saw(recordOffset);
        if (applyId.isPresent()) {
            stage(applyId.get(), new StagedApply.Change(id, Optional.of(definition)));
            return;
        }
        RuleDraft draft = new RuleDraft(compiler, recordOffset);
        draft.put(id, definition, applyId);
        RuleSet changed = draft.appliedTo(rules);
        Optional<String> refusal = RuleDraft.refusal(rules, changed);
        if (refusal.isPresent()) {
            report(new RuleReport(id, RuleReport.REJECTED, List.of(refusal.get()), recordOffset, applyId));
            return;
        }
        draft.reports().forEach(this::report);
        if (draft.faults().isEmpty()) {
            rules = changed;
            staged.values().forEach(apply -> apply.overtake(id));
            publish(recordOffset);
        }
    }

    /** Takes a tombstone. Without an apply id it takes effect at once. */
    public synchronized void deletion(String id, Optional<String> applyId, long recordOffset) {
        saw(recordOffset);
        if (id.equals(Keys.APPLY)) {
            return;
        }
        if (applyId.isPresent()) {
            stage(applyId.get(), new StagedApply.Change(id, Optional.empty()));
        } else {
            RuleDraft draft = new RuleDraft(compiler, recordOffset);
            draft.delete(id, applyId);
            rules = draft.appliedTo(rules);
            draft.reports().forEach(this::report);
            staged.values().forEach(apply -> apply.overtake(id));
            publish(recordOffset);
        }
    }

    /** Takes a manifest: all of its apply takes effect, or none. */
    public synchronized void manifest(Manifest manifest, long recordOffset) {
        String applyId = manifest.getApplyId();
        StagedApply apply = Optional.ofNullable(staged.remove(applyId)).orElseGet(StagedApply::new);
        List<String> faults = apply.faults(manifest, lacksRecordsSince(manifest.getBaseOffset(), recordOffset));
        saw(recordOffset);
        if (!faults.isEmpty()) {
            reject(applyId, faults, recordOffset);
            return;
        }
        RuleSet before = rules;
        List<String> rejected = new ArrayList<>();
        staged.forEach((other, orphans) -> take(orphans, other, recordOffset, rejected));
        staged.clear();
        boolean taken = take(apply, applyId, recordOffset, rejected);
        if (taken || rules != before) {
            publish(recordOffset);
        }
        if (taken) {
            report(new RuleReport(Keys.APPLY, RuleReport.ACCEPTED, rejected, recordOffset, Optional.of(applyId)));
        }
    }

    /** Puts an apply in force, unless the set would cost too much; adds the faults of its rules that were rejected. */
    private boolean take(StagedApply apply, String applyId, long recordOffset, List<String> faults) {
        RuleDraft draft = new RuleDraft(compiler, recordOffset);
        draft.putAll(apply, applyId);
        RuleSet changed = draft.appliedTo(rules);
        Optional<String> refusal = RuleDraft.refusal(rules, changed);
        if (refusal.isPresent()) {
            reject(applyId, List.of(refusal.get()), recordOffset);
            return false;
        }
        rules = changed;
        draft.reports().forEach(this::report);
        faults.addAll(draft.faults());
        return true;
    }

    private void reject(String applyId, List<String> faults, long recordOffset) {
        report(new RuleReport(Keys.APPLY, RuleReport.REJECTED, faults, recordOffset, Optional.of(applyId)));
    }

    /** Reports a record that is none of these, such as one that cannot be decoded; nothing changes. */
    public synchronized void unreadable(String key, String fault, long recordOffset) {
        saw(recordOffset);
        report(new RuleReport(key, RuleReport.REJECTED, List.of(fault), recordOffset, Optional.empty()));
    }

    /** Ends restoring: what has been read so far is in force, and is reported. */
    public synchronized void restored() {
        if (restoring) {
            restoring = false;
            seen.clear();
            publish(offset);
            heldBack.values().forEach(reports);
            heldBack.clear();
        }
    }

    /**
     * While restoring: the set that would be in force if the log ended here. So all past sets are rebuilt in one pass, each
     * sharing with the one before it what did not change.
     */
    public synchronized ActiveRules soFar() {
        return ActiveRules.of(rules, offset);
    }

    private void saw(long recordOffset) {
        if (restoring) {
            seen.add(recordOffset);
        }
    }

    /** Whether compaction may have taken records between two offsets; live, it has not. */
    private boolean lacksRecordsSince(long base, long until) {
        return restoring && seen.tailSet(base).size() < until - base;
    }

    private void stage(String applyId, StagedApply.Change change) {
        staged.computeIfAbsent(applyId, id -> new StagedApply()).put(change);
    }

    private void publish(long recordOffset) {
        offset = recordOffset;
        if (!restoring) {
            active = ActiveRules.of(rules, recordOffset);
        }
    }

    private void report(RuleReport report) {
        if (restoring) {
            heldBack.remove(report.rule());
            heldBack.put(report.rule(), report);
        } else {
            reports.accept(report);
        }
    }
}
