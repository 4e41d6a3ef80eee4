package io.weir.filter;

import io.weir.rules.Rule;
import io.weir.rules.RuleCost;
import io.weir.rules.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What records that take effect together are to change, and the reports to be made if they do. */
final class RuleDraft {
    private final RuleCompiler compiler;
    private final long offset;
    private final Map<String, Rule> put = new LinkedHashMap<>();
    private final Set<String> removed = new LinkedHashSet<>();
    private final List<RuleReport> reports = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * @param offset of the record that brings the change about
     */
    RuleDraft(RuleCompiler compiler, long offset) {
        this.compiler = compiler;
        this.offset = offset;
    }

    /** Takes a rule; one that does not compile changes nothing, and its faults are told. */
    void put(String id, String definition, Optional<String> applyId) {
        RuleCompiler.Result result = compiler.compile(id, definition);
        if (result instanceof RuleCompiler.Good good) {
            put.put(id, good.rule());
            reports.add(new RuleReport(id, RuleReport.ACCEPTED, List.of(), offset, applyId));
        } else {
            List<String> its = ((RuleCompiler.Bad) result).faults();
            faults.addAll(its);
            reports.add(new RuleReport(id, RuleReport.REJECTED, its, offset, applyId));
        }
    }

    void delete(String id, Optional<String> applyId) {
        put.remove(id);
        removed.add(id);
        compiler.forget(id);
        reports.add(new RuleReport(id, RuleReport.DELETED, List.of(), offset, applyId));
    }

    /** Takes all that an apply is to change. */
    void putAll(StagedApply apply, String applyId) {
        for (StagedApply.Change change : apply.changes()) {
            change.definition()
                    .ifPresentOrElse(
                            definition -> put(change.rule(), definition, Optional.of(applyId)),
                            () -> delete(change.rule(), Optional.of(applyId)));
        }
    }

    /** The set with the changes. */
    RuleSet appliedTo(RuleSet set) {
        return set.change(put.values(), removed);
    }

    /** Why the changed set is refused; empty if it is not. One that costs no more than the set before it is not. */
    static Optional<String> refusal(RuleSet before, RuleSet after) {
        return after.evaluations() > RuleCost.CAP && after.evaluations() > before.evaluations()
                ? Optional.of(after.cost().fault())
                : Optional.empty();
    }

    /** Of each change; those of rules that were rejected among them. */
    List<RuleReport> reports() {
        return reports;
    }

    /** Of rules that do not compile. */
    List<String> faults() {
        return faults;
    }
}
