package io.weir.cli.audit;

import io.weir.cli.search.FoundRecord;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.Decision;
import io.weir.schemas.RuleDecision;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** What came of events, in a sentence each. */
final class Outcomes {
    private Outcomes() {}

    static String sentence(FoundRecord record) {
        SpecificRecord value = record.value().orElse(null);
        return what(value) + "  [" + record.place() + "]";
    }

    private static String what(@org.jspecify.annotations.Nullable SpecificRecord value) {
        if (value instanceof Decision decision) {
            return decision(decision);
        } else if (value instanceof ActionRequest request) {
            return "requested: " + request.getAction() + " by rule " + request.getRule()
                    + (request.getDryRun() ? ", as a dry run" : "") + " (" + request.getId() + ")";
        }
        return value instanceof ActionResult result ? result(result) : "a record that cannot be read";
    }

    private static String decision(Decision decision) {
        String rules = decision.getRules().stream().map(Outcomes::rule).collect(Collectors.joining("; "));
        String cause = decision.getCausationId() == null
                ? ""
                : ", an echo of action " + decision.getCausationId()
                        + (decision.getCausationEvidence() == null ? "" : " by " + decision.getCausationEvidence());
        return "decided: " + decision.getOutcome() + cause + (rules.isEmpty() ? "" : " (" + rules + ")");
    }

    private static String rule(RuleDecision rule) {
        return rule.getRule() + " " + rule.getOutcome() + (rule.getDetail() == null ? "" : ", " + rule.getDetail());
    }

    private static String result(ActionResult result) {
        String effects = result.getEffects().stream().map(Outcomes::effect).collect(Collectors.joining(", "));
        return "result: " + result.getAction() + " " + result.getOutcome()
                + (result.getDetail() == null ? "" : ", " + result.getDetail())
                + (effects.isEmpty() ? "" : ": " + effects) + " (attempt " + result.getAttempt() + " by "
                + result.getWorker() + ")";
    }

    private static String effect(AppliedEffect effect) {
        return effect.getKind() + " " + effect.getPath()
                + (effect.getTarget() == null ? "" : " -> " + effect.getTarget());
    }
}
