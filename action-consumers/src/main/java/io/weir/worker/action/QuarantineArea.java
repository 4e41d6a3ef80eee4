package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A directory in which files are kept away from others, under the paths that they had. */
final class QuarantineArea {
    /** Takes access away from all but the worker. */
    private static final int NEW_DIRECTORY_MODE = 0700;

    private QuarantineArea() {}

    /**
     * The plan that moves a file there.
     *
     * @param area a directory absolute within the volume
     * @param until when it may be deleted; empty: never by itself
     */
    static ActionPlan plan(ActionContext context, Entry file, String area, Optional<Instant> until)
            throws ActionException, IOException {
        if (isAtOrBelow(file.path(), area)) {
            return ActionPlan.nothingToDo("it is in the quarantine area already");
        }
        if (isAtOrBelow(area, file.path())) {
            throw ActionException.refused("path='" + PathText.display(file.path()) + "' contains the quarantine area '"
                    + PathText.display(area) + "'");
        }
        String target = FreeName.of(context.files(), area + file.path(), file.isDirectory(), context.attempt());
        List<Step> steps = new ArrayList<>(context.files().makeParents(target, NEW_DIRECTORY_MODE));
        Step move = context.files().move(file.path(), target, file.fileId());
        steps.add(until.isPresent() ? new Kept(move, until.get()) : move);
        return ActionPlan.steps(steps);
    }

    private static boolean isAtOrBelow(String path, String directory) {
        return path.equals(directory) || path.startsWith(directory + "/");
    }

    /** A move whose result tells how long the file is kept. */
    private record Kept(Step move, Instant until) implements Step {
        @Override
        public Effect effect() {
            return move.effect();
        }

        @Override
        public Optional<Applied> run() throws ActionException, IOException, InterruptedException {
            return move.run().map(applied -> new Applied(applied.effect(), applied.before(), "kept until " + until));
        }
    }
}
