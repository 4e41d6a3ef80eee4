package io.weir.worker;

import io.weir.rules.action.ActionType;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * An action that workers can carry out. Found by {@code ServiceLoader}, registered both as {@code ActionType} (so that
 * rules are checked by the code that will act) and as {@code ActionModule}. Stateless; called by many threads.
 *
 * <p>A module only plans. The worker declares the effects of the planned steps in a begin mark, runs the steps in
 * order, and writes the end mark; an action whose plan has no steps leaves no mark.
 */
public interface ActionModule extends ActionType {
    /**
     * What has to be done for one request, given the files as they are now. Changes nothing.
     *
     * <p>Called for each attempt. When an earlier attempt began and what it declared is in place, the worker knows that
     * the action is done and does not ask; so a module sees {@link ActionContext#earlier()} only where something is left
     * to do, or where the outcome cannot be seen in the files.
     *
     * @throws ActionException if it must not or cannot be done
     * @throws IOException if the files could not be read; transient errors are tried again
     */
    ActionPlan plan(ActionContext context) throws ActionException, IOException;

    /**
     * Volumes besides that of the event whose files it needs, too, given a request's parameters, which may be at fault. A
     * worker that does not serve them does not accept the request.
     */
    default List<String> otherVolumes(Map<String, Object> parameters) {
        return List.of();
    }

    /**
     * Whether rules may name it. One that only people ask for, with a command of theirs, is not among those that the
     * worker's policy lists under {@code actions}; all else in the policy holds for it too.
     */
    default boolean isForRules() {
        return true;
    }

    /** Whether an all-stop holds the action back. It does, but for the action that stops. */
    default boolean isHeldByStops() {
        return true;
    }
}
