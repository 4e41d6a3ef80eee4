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
import java.util.Map;
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
        String target = FreeName.of(context.files(), area + file.path(), file.isDirectory(), context);
        List<Step> steps = new ArrayList<>();
        var manifest = new QuarantineManifest(context, file, target, until);
        if (context.files().isWritable()) {
            steps.add(context.files().read(file.path(), file.fileId(), null));
            addManifest(context, area, manifest, steps);
        }
        context.files().makeParents(target, NEW_DIRECTORY_MODE).stream()
                .filter(step -> steps.stream().noneMatch(other -> other.effect().equals(step.effect())))
                .forEach(steps::add);
        steps.add(new Kept(context.files().move(file.path(), target, file.fileId()), manifest, until));
        return ActionPlan.steps(steps);
    }

    /** An attempt that died may have left one that names another place. */
    private static void addManifest(ActionContext context, String area, QuarantineManifest manifest, List<Step> steps)
            throws IOException {
        String path = QuarantineManifest.path(area, context.request().getId());
        Optional<Entry> left = context.files().find(path);
        if (left.isPresent()) {
            steps.add(context.files().remove(path, left.get().fileId()));
        }
        steps.addAll(context.files().makeParents(path, NEW_DIRECTORY_MODE));
        steps.add(context.files().write(path, manifest));
    }

    private static boolean isAtOrBelow(String path, String directory) {
        return path.equals(directory) || path.startsWith(directory + "/");
    }

    /** A move whose result tells of the file, and how long it is kept. */
    private record Kept(Step move, QuarantineManifest manifest, Optional<Instant> until) implements Step {
        @Override
        public Effect effect() {
            return move.effect();
        }

        @Override
        public Map<String, String> before() {
            return manifest.facts();
        }

        @Override
        public Optional<Applied> run() throws ActionException, IOException, InterruptedException {
            String kept = until.map(end -> "kept until " + end).orElse(null);
            return move.run().map(applied -> new Applied(applied.effect(), manifest.facts(), kept));
        }
    }
}
