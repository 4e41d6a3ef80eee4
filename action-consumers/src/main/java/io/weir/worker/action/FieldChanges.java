package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plan of an action that gives fields of a file new values, and perhaps of all below it. */
final class FieldChanges {
    /** What an entry is to have. */
    interface Wanted {
        /**
         * The fields that are to change, with their final values; empty if the entry is right or not meant.
         *
         * @throws ActionException if it must not be done
         */
        Map<String, String> fields(Entry entry) throws ActionException;
    }

    private FieldChanges() {}

    /**
     * Plans.
     *
     * @param recursive whether all below the file is meant, too, if it is a directory
     */
    static ActionPlan plan(ActionContext context, Entry top, boolean recursive, Wanted wanted)
            throws ActionException, IOException {
        ManySteps steps = new ManySteps("path='" + PathText.display(top.path()) + "'");
        add(context, top, wanted.fields(top), steps, false);
        boolean tree = recursive && top.isDirectory();
        for (Entry entry : tree ? Tree.below(context.files(), top) : List.<Entry>of()) {
            add(context, entry, wanted.fields(entry), steps, true);
        }
        return steps.isEmpty()
                ? ActionPlan.nothingToDo("all is as it is to be" + (tree ? ", also below it" : ""))
                : ActionPlan.steps(steps.steps());
    }

    private static void add(
            ActionContext context, Entry entry, Map<String, String> fields, ManySteps steps, boolean below)
            throws ActionException {
        if (fields.isEmpty()) {
            return;
        }
        refuseOtherNames(context, entry);
        Step step = context.files().set(entry, fields);
        steps.add(below ? new Below(step) : step, entry.path());
    }

    /** Whoever can link a file of others into a directory that a rule watches would have it changed there. */
    private static void refuseOtherNames(ActionContext context, Entry entry) throws ActionException {
        var hardLinks = context.settings().files().hardLinks();
        if (entry.kind().equals("file") && entry.links() > 1 && !hardLinks.value()) {
            throw ActionException.refused("path='" + PathText.display(entry.path()) + "' has " + entry.links()
                    + " names (hard links), and others may lie where this rule is not meant to change anything, which"
                    + " 'hard-links: false' (" + hardLinks.place()
                    + ") forbids; change the worker's settings, or remove the links");
        }
    }

    /** One of many: that it has gone meanwhile is no failure. */
    private record Below(Step step) implements Step {
        @Override
        public Effect effect() {
            return step.effect();
        }

        @Override
        public Map<String, String> before() {
            return step.before();
        }

        @Override
        public Optional<Applied> run() throws ActionException, IOException, InterruptedException {
            return step.run();
        }

        @Override
        public boolean isPassedOver() {
            return true;
        }
    }
}
