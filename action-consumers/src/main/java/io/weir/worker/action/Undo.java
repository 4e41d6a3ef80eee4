package io.weir.worker.action;

import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import java.io.IOException;
import java.util.List;

/**
 * Reverses what an action did, last first. Only people ask for it; it is no action that a rule can name. It touches nothing
 * that is not as the action left it.
 */
public final class Undo implements ActionModule {
    /** The action's name in requests. */
    public static final String NAME = "undo";

    /** What is to be reversed, as {@link UndoneEffects} writes it. */
    public static final String EFFECTS = "effects";

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
        return List.of(new Parameter(EFFECTS, Shape.LIST, true, "What is to be reversed, in the order it was done."));
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public boolean isForRules() {
        return false;
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        List<Step> steps = new Reversal(context, UndoneEffects.read(context.parameters().get(EFFECTS))).steps();
        return steps.isEmpty()
                ? ActionPlan.nothingToDo("nothing of what was done is left to be reversed")
                : ActionPlan.steps(steps);
    }
}
