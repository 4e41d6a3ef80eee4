package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeFiles.Copies;
import io.weir.worker.VolumeFiles.CopyOptions;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.files.VolumePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plan of a copy.
 *
 * <p>An attempt that died may have made the copy: then an entry is where it declared one, and the step that finds it equal to
 * the original counts it as made. Only inside the marks, since reading leaves events, too.
 */
final class CopyPlan {
    /** So that nobody can look into a directory before it has the mode of its original. */
    private static final int UNFINISHED_MODE = 0700;

    private final ActionContext context;
    private final VolumeFiles originals;
    private final VolumeFiles files;
    private final Entry source;
    private final String to;
    private final ManySteps steps;
    private final boolean keepsOwners;

    /**
     * @param files where the copy is to be
     * @param to its path there
     */
    CopyPlan(ActionContext context, Entry source, VolumeFiles files, String to) {
        this.context = context;
        this.originals = context.files();
        this.files = files;
        this.source = source;
        this.to = to;
        this.steps = new ManySteps("path='" + PathText.display(source.path()) + "'");
        this.keepsOwners = files.keepsOwners();
    }

    ActionPlan plan(boolean recursive) throws ActionException, IOException {
        requireCopyable(recursive);
        OnExists onExists = OnExists.of(context);
        Optional<Entry> there = files.find(to);
        Optional<String> begun = begunAt(there);
        if (begun.isPresent()) {
            make(begun.get(), true);
        } else if (there.isPresent() && onExists == OnExists.REPLACE) {
            Relocation.requireReplaceable(source, there.get());
            replace(there.get());
        } else if (there.isPresent() && onExists == OnExists.FAIL) {
            throw ActionException.failed(shownTo() + " exists already; nothing was replaced. Make"
                    + " the template unique, for example with {time:yyyyMMdd-HHmmss}, or say on-exists: number");
        } else {
            make(FreeName.of(files, to, source.isDirectory(), context), false);
        }
        return ActionPlan.steps(steps.steps());
    }

    private void requireCopyable(boolean recursive) throws ActionException {
        String path = "path='" + PathText.display(source.path()) + "'";
        if (source.isDirectory() && !recursive) {
            throw ActionException.refused(path + " is a directory; say recursive: true to copy it with all below it");
        }
        if (!isCopyable(source)) {
            throw ActionException.refused(path + " is a " + source.kind() + ", which cannot be copied");
        }
        Optional<String> refusal = files.copyRefusal(originals);
        if (refusal.isPresent()) {
            throw ActionException.refused("cannot copy: " + refusal.get());
        }
        if (files.location(to).startsWith(originals.location(source.path()) + "/")) {
            throw ActionException.refused(
                    shownTo() + " lies below the directory to copy, '" + PathText.display(source.path()) + "'");
        }
    }

    private String shownTo() {
        return "to='" + PathText.display(to) + "'" + (isElsewhere() ? " of volume '" + files.volume() + "'" : "");
    }

    private boolean isElsewhere() {
        return !files.volume().equals(originals.volume());
    }

    private boolean isCopyable(Entry entry) {
        return entry.kind().equals("file") || (entry.isLink() && originals.copiesLinks()) || entry.isDirectory();
    }

    private String copied() {
        return originals.copiesLinks() ? "files, directories or links" : "files or directories";
    }

    /** Where an attempt before this one may have begun to make the copy, or has. */
    private Optional<String> begunAt(Optional<Entry> there) throws IOException {
        for (Effect declared : context.earlier().map(e -> e.declared()).orElse(List.of())) {
            Effect effect = declared.bare();
            if (effect instanceof Effect.Create create && FreeName.isOf(to, source.isDirectory(), create.path())) {
                return files.find(create.path()).map(Entry::path);
            }
            if (effect instanceof Effect.Move move && move.to().equals(to) && there.isPresent()) {
                boolean replaced = !there.get().fileId().equals(move.replaced());
                return replaced && files.find(move.from()).isEmpty() ? Optional.of(to) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void replace(Entry there) throws ActionException, IOException {
        String temporary = VolumePath.child(
                VolumePath.parent(to), ".weir-copy-" + context.request().getId());
        Optional<Entry> left = files.find(temporary);
        steps.add(originals.read(source.path(), source.fileId(), null), source.path());
        if (left.isPresent()) {
            add(files.remove(temporary, left.get().fileId()), temporary);
        }
        requireOwner(source, to);
        for (Step step : copies(false, false).replace(source, temporary, to, there.fileId())) {
            add(step, to);
        }
    }

    private void make(String target, boolean begun) throws ActionException, IOException {
        List<Entry> below = source.isDirectory() ? Tree.below(originals, source) : List.of();
        long left = below.stream().filter(entry -> !isCopyable(entry)).count();
        String note = left == 0 ? null : left + " entries that are no " + copied() + " were left out";
        steps.add(originals.read(source.path(), source.fileId(), note), source.path());
        for (Step step : files.makeParents(target, Relocation.NEW_DIRECTORY_MODE)) {
            add(step, target);
        }
        if (!source.isDirectory()) {
            requireOwner(source, target);
            add(copies(begun, false).copy(source, target), target);
            return;
        }
        tree(target, below, copies(begun, true));
    }

    private void tree(String target, List<Entry> below, Copies copies) throws ActionException, IOException {
        Deque<Entry> directories = new ArrayDeque<>(List.of(source));
        requireOwner(source, target);
        add(files.makeDirectory(target, UNFINISHED_MODE), target);
        for (Entry entry : below) {
            String path = target + entry.path().substring(source.path().length());
            if (entry.isDirectory()) {
                requireOwner(entry, path);
                directories.push(entry);
                add(files.makeDirectory(path, UNFINISHED_MODE), path);
            } else if (isCopyable(entry)) {
                requireOwner(entry, path);
                add(copies.copy(entry, path), path);
            }
        }
        for (Entry directory : directories) {
            String path = target + directory.path().substring(source.path().length());
            add(copies.attributes(directory, path), path);
        }
    }

    /** Adds a step where the copy is to be. */
    private void add(Step step, String path) throws ActionException {
        steps.add(isElsewhere() ? Step.in(files.volume(), step) : step, path);
    }

    /** A copy keeps its owner, so the policy must allow files to be given to that. */
    private void requireOwner(Entry original, String path) throws ActionException, IOException {
        if (keepsOwners && !original.isLink()) {
            var owner = Map.of("uid", original.field("uid"), "gid", original.field("gid"));
            var kept = new Effect.SetFields(path, null, owner, false);
            Optional<String> refusal = context.settings().files().accountRefusal(kept);
            if (refusal.isPresent()) {
                throw ActionException.refused("a copy keeps its owner and group: " + refusal.get());
            }
        }
    }

    private Copies copies(boolean begun, boolean below) {
        boolean special = context.settings().files().specialModes().value();
        return files.copies(originals, new CopyOptions(keepsOwners, special, begun, below));
    }
}
