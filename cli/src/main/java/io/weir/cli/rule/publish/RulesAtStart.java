package io.weir.cli.rule.publish;

import io.weir.rules.RuleSource;
import io.weir.schemas.connect.KafkaConnection;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Puts rules in force when an instance starts; what is in force already is not written again. */
public final class RulesAtStart {
    private static final String AUTHOR = "weir up";

    private RulesAtStart() {}

    /**
     * Puts these rules in force besides those that are.
     *
     * @throws io.weir.cli.CommandException if they may provoke each other without end, and do not say how far
     * @return the ids of rules that are in force but not among these
     */
    public static List<String> apply(KafkaConnection connection, Collection<RuleSource> rules) {
        publish(connection, now -> {
            RuleChange change = RuleChange.towards(rules, now, false);
            if (!change.isEmpty()) {
                Provocation.among(rules, now, false).requireDepths();
            }
            return change;
        });
        List<String> ids = rules.stream().map(RuleSource::id).toList();
        return PublishedRules.read(connection).rules().keySet().stream()
                .filter(id -> !ids.contains(id))
                .toList();
    }

    /** Puts these rules in force if nothing was ever published; later changes by the user, deletions too, stay. */
    public static void applyIfNew(KafkaConnection connection, Collection<RuleSource> rules) {
        publish(connection, now -> RuleChange.towards(now.endOffset() == 0 ? rules : List.of(), now, false));
    }

    private static void publish(KafkaConnection connection, Function<PublishedRules, RuleChange> change) {
        // Becoming the writer costs a start some 100 ms, so look first whether there is anything to write.
        if (change.apply(PublishedRules.read(connection)).isEmpty()) {
            return;
        }
        try (RulesPublisher publisher = RulesPublisher.open(connection)) {
            PublishedRules base = publisher.published();
            RuleChange planned = change.apply(base);
            if (!planned.isEmpty()) {
                publisher.publish(planned, base, AUTHOR, Optional.empty());
            }
        }
    }
}
