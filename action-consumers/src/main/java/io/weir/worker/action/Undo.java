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
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reverses what an action did, last first. Only people ask for it; it is no action that a rule can name. It touches nothing
 * that is not as the action left it.
 */
public final class Undo implements ActionModule {
    /** The action's name in requests. */
    public static final String NAME = "undo";

    /** What is to be reversed, as {@link UndoneEffects} writes it. */
    public static final String EFFECTS = "effects";

    private static final int NEW_DIRECTORY_MODE = 0755;
    private static final int SPECIAL_BITS = 07000;
    private static final int MOST_LEAVING = 1_000;

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
        List<Journalled> effects = UndoneEffects.read(context.parameters().get(EFFECTS));
        Set<String> made = new HashSet<>();
        effects.forEach(entry -> addMade(entry.effect(), made));
        List<Step> steps = new ArrayList<>();
        for (int i = effects.size() - 1; i >= 0; i--) {
            boolean ofItsOwn = effects.get(i).effect() instanceof Effect.SetFields set && made.contains(set.path());
            if (!ofItsOwn) {
                reverse(effects.get(i), context, steps);
            }
        }
        return steps.isEmpty()
                ? ActionPlan.nothingToDo("nothing of what was done is left to be reversed")
                : ActionPlan.steps(steps);
    }

    private static void addMade(Effect effect, Set<String> made) {
        if (effect instanceof Effect.Create create) {
            made.add(create.path());
        }
    }

    private static void reverse(Journalled done, ActionContext context, List<Step> steps)
            throws ActionException, IOException {
        if (done.effect() instanceof Effect.Move move) {
            moveBack(move, context.files(), steps);
        } else if (done.effect() instanceof Effect.SetFields set) {
            setBack(set, done.before(), context, steps);
        } else if (done.effect() instanceof Effect.Create create && create.directory()) {
            removeDirectory(create.path(), context.files(), steps);
        } else if (done.effect() instanceof Effect.Create create) {
            removeFile(create.path(), done.before(), context.files(), steps);
        } else if (done.effect() instanceof Effect.Read
                || (done.effect() instanceof Effect.Delete delete && QuarantineManifest.isOne(delete.path()))) {
            return; // Nothing was changed, or what an attempt that died had left was made anew.
        } else {
            throw ActionException.refused("what was deleted, written or done by a program cannot be reversed");
        }
    }

    private static void moveBack(Effect.Move move, VolumeFiles files, List<Step> steps)
            throws ActionException, IOException {
        Optional<Entry> moved = files.find(move.to());
        if (moved.isEmpty() || !moved.get().fileId().equals(move.fileId())) {
            throw ActionException.notTheSameFile("path='" + PathText.display(move.to()) + "' no longer names the file "
                    + move.fileId() + " that was moved there; nothing was reversed");
        }
        if (files.find(move.from()).isPresent()) {
            throw ActionException.failed("path='" + PathText.display(move.from())
                    + "' is taken by another file now; nothing was reversed. Move that away, and try again");
        }
        steps.addAll(files.makeParents(move.from(), NEW_DIRECTORY_MODE));
        steps.add(files.move(move.to(), move.from(), moved.get().fileId()));
    }

    private static void setBack(
            Effect.SetFields set, Map<String, String> before, ActionContext context, List<Step> steps)
            throws ActionException, IOException {
        String shown = PathText.display(set.path());
        if (!before.keySet().containsAll(set.fields().keySet())) {
            throw ActionException.refused(
                    "path='" + shown + "': what it was before is not known, so it cannot be reversed");
        }
        Entry file = context.files()
                .find(set.path())
                .filter(entry -> entry.fileId().equals(set.fileId()))
                .orElseThrow(() -> ActionException.notTheSameFile(
                        "path='" + shown + "' no longer names the file " + set.fileId() + "; nothing was reversed"));
        Map<String, String> back = new TreeMap<>();
        for (var field : set.fields().entrySet()) {
            String now = file.field(field.getKey());
            String was = before.getOrDefault(field.getKey(), now);
            if (!now.equals(field.getValue()) && !now.equals(was)) {
                throw ActionException.refused("path='" + shown + "' was changed since: " + field.getKey() + " is " + now
                        + ", and the action had set " + field.getValue() + "; nothing was reversed");
            }
            if (!now.equals(was)) {
                back.put(field.getKey(), was);
            }
        }
        if (!back.isEmpty()) {
            requireModePermitted(shown, file, back, context);
            steps.add(context.files().set(file, back));
        }
    }

    private static void requireModePermitted(String shown, Entry file, Map<String, String> back, ActionContext context)
            throws ActionException {
        int mode = Integer.parseInt(back.getOrDefault("mode", "0"), 8);
        var special = context.settings().files().specialModes();
        if ((mode & ~file.mode() & SPECIAL_BITS) != 0 && !special.value()) {
            throw ActionException.refused("path='" + shown + "': mode " + Entry.octal(mode) + " has setuid, setgid or"
                    + " sticky, which 'special-modes: false' (" + special.place() + ") forbids");
        }
    }

    /** What others have put there since keeps it. */
    private static void removeDirectory(String path, VolumeFiles files, List<Step> steps) throws IOException {
        Optional<Entry> directory = files.find(path).filter(Entry::isDirectory);
        if (directory.isEmpty()) {
            return;
        }
        boolean emptied = files.list(path, MOST_LEAVING).stream()
                .allMatch(entry -> steps.stream().anyMatch(step -> takesAway(step.effect(), entry)));
        if (emptied) {
            steps.add(files.remove(path, directory.get().fileId()));
        }
    }

    private static boolean takesAway(Effect effect, Entry entry) {
        return (effect instanceof Effect.Move move && move.from().equals(entry.path()))
                || (effect instanceof Effect.Delete delete && delete.path().equals(entry.path()));
    }

    private static void removeFile(String path, Map<String, String> asMade, VolumeFiles files, List<Step> steps)
            throws ActionException, IOException {
        Optional<Entry> file = files.find(path);
        if (file.isEmpty()) {
            return;
        }
        String found = file.get().fileId();
        // A manifest's name has the action's id, so nobody else has made it.
        String made = asMade.getOrDefault(Step.MADE, QuarantineManifest.isOne(path) ? found : "");
        if (!found.equals(made)) {
            throw ActionException.refused("path='" + PathText.display(path)
                    + "' is not (or is not known to be) the file that was made there; nothing was reversed");
        }
        String mtime = Long.toString(file.get().mtimeNanos());
        if (!asMade.getOrDefault(Step.MADE_AT, mtime).equals(mtime)) {
            throw ActionException.refused(
                    "path='" + PathText.display(path) + "' was written to since it was made; nothing was reversed");
        }
        steps.add(files.remove(path, found));
    }
}
