package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.Journalled;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.action.Undo.Directories;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The steps that reverse what an action did in one volume, as the files are now. For one thread. */
final class Reversal {
    private static final int NEW_DIRECTORY_MODE = 0755;
    private static final int SPECIAL_BITS = 07000;
    private static final int MOST_LEAVING = 1_000;

    private final ActionContext context;
    private final VolumeFiles files;
    private final List<Journalled> effects;
    private final Directories directories;
    /** By path, what is known of the entries that the action made. */
    private final Map<String, Map<String, String>> made = new HashMap<>();

    private final List<Step> steps = new ArrayList<>();

    /**
     * @param files of the volume
     * @param effects in the order in which they were done
     */
    Reversal(ActionContext context, VolumeFiles files, List<Journalled> effects, Directories directories) {
        this.context = context;
        this.files = files;
        this.effects = effects;
        this.directories = directories;
    }

    /**
     * The steps, the last effect first; none if nothing is left to be reversed.
     *
     * @throws ActionException if something of it cannot be reversed, or is not as the action left it
     */
    List<Step> steps() throws ActionException, IOException {
        for (Journalled done : effects) {
            if (done.effect() instanceof Effect.Create create) {
                made.put(create.path(), done.before());
            }
        }
        for (int i = effects.size() - 1; i >= 0; i--) {
            if (isAsked(effects.get(i).effect())) {
                reverse(effects.get(i));
            }
        }
        return List.copyOf(steps);
    }

    private boolean isAsked(Effect effect) {
        boolean directory = effect instanceof Effect.Create create && create.directory();
        return switch (directories) {
            case WITH -> true;
            case LEAVE -> !directory;
            case ONLY -> directory;
        };
    }

    private void reverse(Journalled done) throws ActionException, IOException {
        if (done.effect() instanceof Effect.Move move) {
            Optional<String> loss = loss(move, done.before());
            Map<String, String> copy = made.get(move.from());
            if (copy == null) {
                moveBack(move, loss);
            } else {
                removeFile(move.to(), copy, loss); // What was made beside the path and then took it.
            }
        } else if (done.effect() instanceof Effect.SetFields set) {
            if (!made.containsKey(set.path())) { // Else it goes with what was made.
                setBack(set, done.before());
            }
        } else if (done.effect() instanceof Effect.Create create && create.directory()) {
            removeDirectory(create.path());
        } else if (done.effect() instanceof Effect.Create create) {
            removeFile(create.path(), done.before(), Optional.empty());
        } else if (done.effect() instanceof Effect.Read
                || (done.effect() instanceof Effect.Delete delete && QuarantineManifest.isOne(delete.path()))) {
            return; // Nothing was changed, or what an attempt that died had left was made anew.
        } else {
            throw ActionException.refused("what was deleted, written or done by a program cannot be reversed");
        }
    }

    /** What does not come back, for people: a file that another was put in place of. */
    private static Optional<String> loss(Effect.Move move, Map<String, String> before) {
        if (move.replaced() == null) {
            return Optional.empty();
        }
        String size = before.get("replaced.size");
        return Optional.of("what was replaced at '" + PathText.display(move.to()) + "' (file " + move.replaced()
                + (size == null ? "" : ", " + size + " bytes") + ") is gone for good and does not come back");
    }

    private void add(Step step, Optional<String> remark) {
        steps.add(remark.isEmpty() ? step : new Remarked(step, remark));
    }

    private void moveBack(Effect.Move move, Optional<String> loss) throws ActionException, IOException {
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
        add(files.move(move.to(), move.from(), moved.get().fileId()), loss);
    }

    private void setBack(Effect.SetFields set, Map<String, String> before) throws ActionException, IOException {
        String shown = PathText.display(set.path());
        if (!before.keySet().containsAll(set.fields().keySet())) {
            throw ActionException.refused(
                    "path='" + shown + "': what it was before is not known, so it cannot be reversed");
        }
        Entry file = files.find(set.path())
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
            requireModePermitted(shown, file, back);
            steps.add(files.set(file, back));
        }
    }

    private void requireModePermitted(String shown, Entry file, Map<String, String> back) throws ActionException {
        int mode = Integer.parseInt(back.getOrDefault("mode", "0"), 8);
        var special = context.settings().files().specialModes();
        if ((mode & ~file.mode() & SPECIAL_BITS) != 0 && !special.value()) {
            throw ActionException.refused("path='" + shown + "': mode " + Entry.octal(mode) + " has setuid, setgid or"
                    + " sticky, which 'special-modes: false' (" + special.place() + ") forbids");
        }
    }

    /** What others have put there since keeps it. */
    private void removeDirectory(String path) throws IOException {
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

    private void removeFile(String path, Map<String, String> asMade, Optional<String> loss)
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
        add(files.remove(path, found), loss);
    }
}
