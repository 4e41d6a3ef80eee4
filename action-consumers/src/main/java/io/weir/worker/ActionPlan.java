package io.weir.worker;

import java.util.List;

/** What an action is going to do. */
public sealed interface ActionPlan {
    /** These steps, in this order; at least one. */
    record Steps(List<Step> steps) implements ActionPlan {
        public Steps {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("a plan without steps: say why with NothingToDo");
            }
        }
    }

    /** Nothing: the file is already as the action would leave it. No system call is made, so no event follows. */
    record NothingToDo(String why) implements ActionPlan {}

    static ActionPlan steps(List<Step> steps) {
        return new Steps(steps);
    }

    static ActionPlan nothingToDo(String why) {
        return new NothingToDo(why);
    }
}
