package io.weir.filter.replay;

import io.weir.filter.ActiveRules;
import io.weir.rules.Rule;
import io.weir.schemas.RulesInForce;
import io.weir.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong with a rule set that was rebuilt. */
final class SetFaults {
    private SetFaults() {}

    /** Holds a set against what was recorded when it first judged. */
    static List<String> of(RulesInForce recorded, ActiveRules found, Map<Long, ActiveRules> sets) {
        if (found.offset() == recorded.getRulesOffset() && found.set().hash().equals(recorded.getHash())) {
            return List.of();
        }
        String what = found.offset() == recorded.getRulesOffset()
                ? "the rules found have the hash " + found.set().hash()
                : "no set ends there: the one before it ends at " + found.offset();
        return List.of("rules offset " + recorded.getRulesOffset() + ", first in force at " + recorded.getTopic() + "-"
                + recorded.getPartition() + "@" + recorded.getFromOffset() + " with the hash " + recorded.getHash()
                + ": " + what + "; rules were edited or deleted in " + Topics.RULES + " since, or other actions are"
                + " installed; changed with this set: " + changed(found, sets));
    }

    /** Ids of the rules in which a set differs from the one before it. */
    private static List<String> changed(ActiveRules set, Map<Long, ActiveRules> sets) {
        Map.Entry<Long, ActiveRules> before = new TreeMap<>(sets).lowerEntry(set.offset());
        return set.set().rules().stream()
                .filter(rule -> before == null
                        || before.getValue()
                                .set()
                                .find(rule.id())
                                .filter(old -> old.fullHash().equals(rule.fullHash()))
                                .isEmpty())
                .map(Rule::id)
                .limit(20)
                .toList();
    }
}
