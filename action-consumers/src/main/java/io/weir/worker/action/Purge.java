package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.Journalled;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.files.VolumePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes for good what a quarantine has taken: the file, or directory with all below it, its manifest, and the directories
 * of the area that are empty then. People ask for it, and workers when the time is over for which it was to be kept.
 */
public final class Purge implements ActionModule {
    /** The action's name in requests. */
    public static final String NAME = "purge";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Deletes for good what a quarantine has taken.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(Undo.EFFECTS, Shape.LIST, true, "What the quarantine did."));
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
        List<Step> steps = new ArrayList<>();
        for (Journalled done : UndoneEffects.read(context.parameters().get(Undo.EFFECTS))) {
            if (done.effect() instanceof Effect.Move move) {
                remove(move, context.files(), steps);
            } else if (done.effect() instanceof Effect.Create create && QuarantineManifest.isOne(create.path())) {
                removeManifest(create.path(), context.files(), steps);
            }
        }
        return steps.isEmpty() ? ActionPlan.nothingToDo("it is gone already") : ActionPlan.steps(steps);
    }

    private static void remove(Effect.Move move, VolumeFiles files, List<Step> steps)
            throws ActionException, IOException {
        Optional<Entry> kept = files.find(move.to());
        if (kept.isEmpty()) {
            return;
        }
        if (!kept.get().fileId().equals(move.fileId())) {
            throw ActionException.notTheSameFile("path='" + PathText.display(move.to()) + "' no longer names the file "
                    + move.fileId() + " that was put there; nothing was deleted");
        }
        steps.add(files.removeTree(move.to(), kept.get().fileId()));
        addEmptied(move, files, steps);
    }

    /** The directories that repeat those that the file was in. */
    private static void addEmptied(Effect.Move move, VolumeFiles files, List<Step> steps) throws IOException {
        String below = move.to();
        for (String from = VolumePath.parent(move.from()); !from.equals("/"); from = VolumePath.parent(from)) {
            String directory = VolumePath.parent(below);
            if (!directory.endsWith(from) || files.list(directory, 2).size() > 1) {
                return;
            }
            Optional<Entry> there = files.find(directory);
            if (there.isEmpty()) {
                return;
            }
            steps.add(new IfEmpty(files.remove(directory, there.get().fileId())));
            below = directory;
        }
    }

    private static void removeManifest(String path, VolumeFiles files, List<Step> steps) throws IOException {
        Optional<Entry> manifest = files.find(path);
        if (manifest.isPresent()) {
            steps.add(files.remove(path, manifest.get().fileId()));
        }
    }

    /** A directory that others have put something into since stays. */
    private record IfEmpty(Step remove) implements Step {
        @Override
        public Effect effect() {
            return remove.effect();
        }

        @Override
        public Optional<Applied> run() throws ActionException, IOException, InterruptedException {
            try {
                return remove.run();
            } catch (ActionException e) {
                throw ActionException.notTheSameFile(e.detail());
            }
        }

        @Override
        public boolean isPassedOver() {
            return true;
        }
    }
}
