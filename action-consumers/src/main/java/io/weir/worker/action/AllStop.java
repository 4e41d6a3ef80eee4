package io.weir.worker.action;

import io.weir.rules.Escape;
import io.weir.rules.Template;
import io.weir.schemas.ControlState;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.topic.StopScope;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code all-stop: {scope: all, reason: TEXT}}: the emergency brake. From then on no worker changes anything in the scope,
 * until somebody releases it.
 */
public final class AllStop implements ActionModule {
    private static final String SCOPE = "scope";
    private static final String REASON = "reason";
    private static final String RELEASERS = "releasers";

    @Override
    public String name() {
        return "all-stop";
    }

    @Override
    public String summary() {
        return "Stops all workers, until somebody releases the stop with 'weir resume'.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(
                        SCOPE,
                        Shape.TEXT,
                        false,
                        "What to stop: 'all' (the default), 'volume' or 'rule' for those of the event, or volume/NAME or"
                                + " rule/ID."),
                new Parameter(REASON, Shape.TEXT, true, "Why, with placeholders; shown to whoever asks."),
                new Parameter(RELEASERS, Shape.LIST, false, "Who may release it; anybody if not given."));
    }

    @Override
    public boolean needsVolume() {
        return false;
    }

    @Override
    public boolean isHeldByStops() {
        return false;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        try {
            scope(String.valueOf(parameters.getOrDefault(SCOPE, "all")), "v", "r");
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage() + ", or volume or rule for those of the event");
        }
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException {
        String rule = context.request().getRule();
        String volume = context.request().getEvent().getVolume();
        try {
            StopScope scope = scope(context.text(SCOPE).orElse("all"), volume, rule);
            String reason = Template.parse(context.text(REASON).orElse("")).fill(context.event(), rule, Escape.NONE);
            ControlState state = ControlState.newBuilder()
                    .setScope(scope.toString())
                    .setStopped(true)
                    .setReason(reason)
                    .setBy("rule " + rule)
                    .setAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                    .setReleasers(releasers(context))
                    .build();
            return ActionPlan.steps(List.of(new StopStep(context, state)));
        } catch (IllegalArgumentException e) {
            throw ActionException.refused(e.getMessage() + "; mend the rule");
        }
    }

    private static List<String> releasers(ActionContext context) {
        Object given = context.parameters().get(RELEASERS);
        return given instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static StopScope scope(String text, String volume, String rule) {
        return switch (text) {
            case "volume" -> StopScope.volume(volume);
            case "rule" -> StopScope.rule(rule);
            default -> StopScope.parse(text);
        };
    }

    /** Writes the stop. Written twice, it holds once. */
    private record StopStep(ActionContext context, ControlState state) implements Step {
        @Override
        public Effect effect() {
            return new Effect.Scope(List.of());
        }

        @Override
        public Optional<String> intent() {
            return Optional.of("stop " + state.getScope() + ": " + state.getReason());
        }

        @Override
        public Optional<Applied> run() throws IOException, InterruptedException {
            context.control().stop(state);
            String detail = "stopped " + state.getScope() + ": " + state.getReason();
            return Optional.of(new Applied(effect(), Map.of(), detail));
        }
    }
}
