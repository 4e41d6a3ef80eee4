package io.weir.worker.action;

import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.Journalled;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reverses what an action did, last first. Only people ask for it; it is no action that a rule can name. It touches nothing
 * that is not as the action left it.
 */
public final class Undo implements ActionModule {
    /** The action's name in requests. */
    public static final String NAME = "undo";

    /** What is to be reversed, as {@link UndoneEffects} writes it. */
    public static final String EFFECTS = "effects";

    /** Whether directories that the action made are removed, {@link Directories}. */
    public static final String DIRECTORIES = "directories";

    /**
     * What becomes of directories that the action made. They are removed only if they are empty; others may have put things
     * there that are still to be taken away, too.
     */
    public enum Directories {
        /** They are removed with the rest. */
        WITH,
        /** They stay. */
        LEAVE,
        /** They are removed, and all else stays. */
        ONLY;

        /** As a request has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Directories of(ActionContext context) throws ActionException {
            String text = context.text(DIRECTORIES).orElse(WITH.word());
            for (Directories value : values()) {
                if (value.word().equals(text)) {
                    return value;
                }
            }
            throw ActionException.refused(DIRECTORIES + "='" + text + "': expected with, leave or only");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Reverses what another action did.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(EFFECTS, Shape.LIST, true, "What is to be reversed, in the order it was done."),
                new Parameter(DIRECTORIES, Shape.TEXT, false, "Directories it made: with (the rest), leave, or only."));
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    /** Those that the effects are in. */
    @Override
    public List<String> otherVolumes(Map<String, Object> parameters) {
        try {
            return UndoneEffects.read(parameters.get(EFFECTS)).stream()
                    .flatMap(done -> volume(done.effect()).stream())
                    .distinct()
                    .toList();
        } catch (ActionException e) {
            return List.of(); // Refused when it is planned.
        }
    }

    private static Optional<String> volume(Effect effect) {
        return effect instanceof Effect.Elsewhere elsewhere ? Optional.of(elsewhere.volume()) : Optional.empty();
    }

    @Override
    public boolean isForRules() {
        return false;
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        Map<String, List<Journalled>> byVolume = new LinkedHashMap<>();
        String volume = context.files().volume();
        for (Journalled done : UndoneEffects.read(context.parameters().get(EFFECTS))) {
            byVolume.computeIfAbsent(volume(done.effect()).orElse(volume), v -> new ArrayList<>())
                    .add(new Journalled(done.effect().bare(), done.before()));
        }
        Directories directories = Directories.of(context);
        List<Step> steps = new ArrayList<>();
        for (var entry : byVolume.entrySet()) {
            String where = entry.getKey();
            new Reversal(context, context.files(where), entry.getValue(), directories)
                    .steps().stream()
                            .map(step -> where.equals(volume) ? step : Step.in(where, step))
                            .forEach(steps::add);
        }
        return steps.isEmpty()
                ? ActionPlan.nothingToDo("nothing of what was done is left to be reversed"
                        + (directories == Directories.LEAVE ? ", but perhaps directories" : ""))
                : ActionPlan.steps(steps);
    }
}
