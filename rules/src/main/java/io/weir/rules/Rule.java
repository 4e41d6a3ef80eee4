package io.weir.rules;

import io.weir.rules.condition.AllOf;
import io.weir.rules.condition.Condition;
import io.weir.rules.condition.GlobCheck;
import io.weir.rules.language.Canonical;
import io.weir.rules.language.DefinitionReader;
import io.weir.rules.trigger.Together;
import io.weir.rules.trigger.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled rule. Immutable; safe for all threads. */
public final class Rule {
    private final RuleModel model;
    private final int types;
    private final List<Glob> volumes;
    private final Condition condition;
    private final String hash;
    private final String conditionHash;
    private final int cost;
    private final Breaker breaker;
    private @Nullable String definition;
    private @Nullable String fullHash;

    /** Compiles what was read; rules are read by {@link #compile} or {@link RuleFile}. */
    public Rule(RuleModel model) {
        this.model = model;
        this.types = EventTypes.bits(model.on());
        this.volumes = model.volumes().stream().map(Glob::compile).toList();
        this.condition = conditionOf(model);
        this.hash = Canonical.effectHash(model);
        this.conditionHash = Canonical.conditionHash(model);
        this.breaker = model.breaker().orElseGet(() -> Breaker.defaultOf(model.actions()));
        this.cost = 1 + volumes.size() + condition.cost();
    }

    /** An event that is none of the paths that a rule waits for is not one of its events. */
    private static Condition conditionOf(RuleModel model) {
        return model.trigger() instanceof Together together
                ? new AllOf(List.of(new GlobCheck(GlobCheck.Field.PATH, together.paths()), model.when()))
                : model.when();
    }

    /**
     * Reads the definition of one rule: one YAML mapping that needs no named lists.
     *
     * @throws RuleRejectedException with all faults, if there are any
     */
    public static Rule compile(String definition, ActionTypes types) throws RuleRejectedException {
        return new Rule(DefinitionReader.read(definition, types));
    }

    public String id() {
        return model.id();
    }

    /** For people; empty if there is none. */
    public String description() {
        return model.description();
    }

    public Mode mode() {
        return model.mode();
    }

    /** Whether it wants events that no action of ours caused; true unless the rule says {@code causes: action}. */
    public boolean reactsToExternal() {
        return model.reactsToExternal();
    }

    /** Whether it wants events that actions caused, up to {@link #maxDepth()}. */
    public boolean reactsToActions() {
        return model.reactsToActions();
    }

    /** The greatest causation depth of an event that it acts on: 0 if it does not react to actions, else from 1. */
    public int maxDepth() {
        return model.maxDepth();
    }

    /** When it is suspended for a path. */
    public Breaker breaker() {
        return breaker;
    }

    /** In the order of the rule, at least one. */
    public List<RuleAction> actions() {
        return model.actions();
    }

    /** Event types, in the order of {@link EventTypes#WORDS}. */
    public List<String> on() {
        return model.on();
    }

    /** The bits of {@link #on()}, as {@link EventTypes#bits} gives them. */
    public int typeBits() {
        return types;
    }

    /** Globs of which the volume's name has to match one; empty for any volume. */
    public List<Glob> volumes() {
        return volumes;
    }

    /** What an event must satisfy. */
    public Condition condition() {
        return condition;
    }

    /** What it waits for beside that. */
    public Trigger trigger() {
        return model.trigger();
    }

    /**
     * SHA-256, hexadecimal, over what it matches and what it waits for; not over its actions, so that what was counted for it
     * outlives a change of those.
     */
    public String conditionHash() {
        return conditionHash;
    }

    /**
     * SHA-256, hexadecimal, over what it matches (volume, types, conditions) and its actions; not over id, description,
     * mode and causes. Does not depend on how the rule was written.
     */
    public String hash() {
        return hash;
    }

    /** SHA-256, hexadecimal, over all of its parts. Does not depend on how the rule was written. */
    public String fullHash() {
        String text = fullHash;
        if (text == null) {
            text = Canonical.hashOf(List.of(model));
            fullHash = text;
        }
        return text;
    }

    /**
     * How many condition evaluations it takes at most to ask the rule: one for the rule itself, and what its volumes and
     * conditions ask ({@link Condition#cost}).
     */
    public int cost() {
        return cost;
    }

    /** The rule by itself in canonical form; {@link #compile} reads it. */
    public String definition() {
        String text = definition;
        if (text == null) {
            text = Canonical.definition(model);
            definition = text;
        }
        return text;
    }

    /** What was compiled. */
    public RuleModel model() {
        return model;
    }

    /** Whether the event's type and volume and all conditions fit; does not look at the mode. */
    public boolean matches(EventView event) {
        return (types & EventTypes.bit(event.type())) != 0 && matchesVolume(event.volume()) && condition.test(event);
    }

    /** Whether it is about the volume. */
    public boolean matchesVolume(String volume) {
        if (volumes.isEmpty()) {
            return true;
        }
        for (Glob glob : volumes) {
            if (glob.matches(volume)) {
                return true;
            }
        }
        return false;
    }

    /** Why it matches the event or does not: the first condition that failed, and the value seen. */
    public Explanation explain(EventView event) {
        if (mode() == Mode.OFF) {
            return Explanation.failed("mode", "enforce or shadow", "off");
        }
        return explainMatch(event);
    }

    /** As {@link #explain}, whatever its mode: it agrees with {@link #matches}. */
    public Explanation explainMatch(EventView event) {
        if ((types & EventTypes.bit(event.type())) == 0) {
            return Explanation.failed("on", String.join(", ", on()), event.type());
        }
        if (!matchesVolume(event.volume())) {
            return Explanation.failed("volume", String.join(", ", model.volumes()), event.volume());
        }
        return condition().explain(event);
    }

    @Override
    public String toString() {
        return "rule '" + id() + "'";
    }
}
