package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.rules.Breaker;
import io.weir.rules.Rule;
import io.weir.rules.RuleAction;
import io.weir.rules.text.Durations;
import io.weir.schemas.Alert;
import io.weir.schemas.Firing;
import io.weir.schemas.Position;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.RulePath;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/** What is written when a rule is suspended for a path, and when it no longer is. */
final class TripRecords {
    static final String TRIPPED = "tripped";

    private TripRecords() {}

    /** Of a firing that does not act. */
    static String detail(Rule rule, Span span) {
        return "suspended for this path since " + Instant.ofEpochMilli(span.last()) + ": " + why(rule);
    }

    private static String why(Rule rule) {
        Breaker breaker = rule.breaker();
        return "more than " + breaker.firings() + " firings within " + Durations.text(breaker.within())
                + "; see who changes the file again each time, then 'weir rules reset " + rule.id() + "'";
    }

    /** The rule's status for the path, and the evidence. */
    static List<Output> tripped(
            Rule rule, Conclusion.Case c, RulePath target, Span span, String filter, Headers headers) {
        Position position = c.decidedAt().orElseGet(() -> new Position(Topics.FILE_EVENTS, c.partition(), c.offset()));
        RuleStatus status = RuleStatus.newBuilder()
                .setRule(rule.id())
                .setStatus(TRIPPED)
                .setFaults(List.of(why(rule)))
                .setRulesOffset(c.rulesOffset())
                .setVolume(target.volume())
                .setPath(target.path())
                .setPosition(position)
                .setFilter(filter)
                .setAt(Instant.ofEpochMilli(span.last()))
                .build();
        Alert alert = Alert.newBuilder()
                .setKind("breaker-tripped")
                .setRule(rule.id())
                .setVolume(target.volume())
                .setPath(target.path())
                .setMessage("rule '" + rule.id() + "' is suspended for " + target.place() + ": " + why(rule))
                .setFirings(span.count())
                .setWithinMs(rule.breaker().within().toMillis())
                .setSince(Instant.ofEpochMilli(span.begun()))
                .setAt(Instant.ofEpochMilli(span.last()))
                .setRulesOffset(c.rulesOffset())
                .setPosition(position)
                .setEvidence(evidence(rule, span))
                .build();
        byte[] key = target.key().getBytes(UTF_8);
        return List.of(
                new Output.Status(Topics.RULE_STATUS, key, status, headers),
                new Output.Alerted(Topics.ALERTS, key, alert, headers));
    }

    /** The rule is the one that made the requests, so their ids can be told again. */
    private static List<Firing> evidence(Rule rule, Span span) {
        List<Firing> firings = new ArrayList<>();
        for (int i = 0; i < span.events().size(); i++) {
            String event = span.events().get(i);
            boolean acted = i < span.events().size() - 1;
            firings.add(new Firing(event, acted ? actionIds(event, rule) : List.of()));
        }
        return firings;
    }

    private static List<String> actionIds(String event, Rule rule) {
        return rule.actions().stream()
                .map(RuleAction::position)
                .map(position -> ActionId.of(event, rule.id(), rule.hash(), position))
                .toList();
    }
}
