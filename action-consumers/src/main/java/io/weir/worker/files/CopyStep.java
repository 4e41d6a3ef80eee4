package io.weir.worker.files;

import io.weir.posix.Errno;
import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles.CopyOptions;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Makes an entry that is a copy of another: what both kinds have in common. The entry appears complete or not at all. */
abstract class CopyStep implements Step {
    final Entry from;
    final String to;
    final CopyOptions options;
    private final MountedCopies copies;
    private String madeId = "";

    CopyStep(MountedCopies copies, Entry from, String to) {
        this.copies = copies;
        this.from = from;
        this.to = to;
        this.options = copies.options();
    }

    @Override
    public final Effect effect() {
        return new Effect.Create(to, false);
    }

    @Override
    public final boolean isPassedOver() {
        return options.passedOver();
    }

    /** File id of what is there since it ran; empty before. */
    final String madeId() {
        return madeId;
    }

    @Override
    public final Optional<Applied> run() throws ActionException, IOException, InterruptedException {
        try (OpenPath originals = copies.originals().openRoot();
                OpenPath source = open(originals);
                OpenPath root = copies.files().openRoot();
                OpenPath directory = root.beneath(VolumePath.relative(VolumePath.parent(to)))) {
            FileStatus found = source.status();
            if (!found.fileId().equals(from.fileId())) {
                throw gone();
            }
            Optional<FileStatus> there = MountedFiles.entryOf(directory, VolumePath.name(to));
            if (there.isPresent()) {
                requireCopy(root, source, found, there.get());
                madeId = there.get().fileId();
                return Optional.empty();
            }
            Applied applied = make(source, found, directory);
            FileStatus made = directory.status(VolumePath.name(to));
            madeId = made.fileId();
            var asMade = Map.of(MADE, madeId, MADE_AT, Long.toString(made.mtime()));
            return Optional.of(new Applied(applied.effect(), asMade, applied.detail()));
        }
    }

    private void requireCopy(OpenPath root, OpenPath source, FileStatus found, FileStatus there)
            throws IOException, InterruptedException {
        if (options.mayBeThere() && there.kind().equals(found.kind())) {
            try (OpenPath copy = root.beneath(VolumePath.relative(to))) {
                if (isCopy(source, copy)) {
                    return;
                }
            }
        }
        throw new PosixException(Errno.EEXIST, "copy '" + PathText.display(from.path()) + "' to", to);
    }

    private OpenPath open(OpenPath root) throws ActionException, PosixException {
        try {
            return root.beneath(VolumePath.relative(from.path()));
        } catch (PosixException e) {
            if (MountedFiles.isAbsence(e)) {
                throw gone();
            }
            throw e;
        }
    }

    private ActionException gone() {
        return ActionException.notTheSameFile("path='" + PathText.display(from.path()) + "' no longer names the file "
                + from.fileId() + "; nothing was copied");
    }

    /** Makes the copy in a directory, under the last name of {@link #to}. */
    abstract Applied make(OpenPath source, FileStatus found, OpenPath directory)
            throws ActionException, IOException, InterruptedException;

    /** Whether a copy that is there is one of the source as it is. */
    abstract boolean isCopy(OpenPath source, OpenPath copy) throws IOException, InterruptedException;
}
