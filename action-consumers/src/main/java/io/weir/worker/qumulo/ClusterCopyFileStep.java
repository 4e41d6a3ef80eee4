package io.weir.worker.qumulo;

import io.weir.posix.Errno;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.qumulo.client.CopyChunk;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileKind;
import io.weir.qumulo.client.FileTimes;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies a regular file inside the cluster: its data do not come here. Made in the staging directory, of the version of the
 * original that was found (by ETag), given its attributes, and only then put to its path.
 */
final class ClusterCopyFileStep extends ClusterStep {
    private final ClusterCopies copies;
    private final Entry from;
    private final String to;
    private String madeId = "";

    ClusterCopyFileStep(ClusterCopies copies, Entry from, String to) {
        super(copies.tree());
        this.copies = copies;
        this.from = from;
        this.to = to;
    }

    @Override
    public Effect effect() {
        return new Effect.Create(to, false);
    }

    @Override
    public boolean isPassedOver() {
        return copies.options().passedOver();
    }

    String to() {
        return to;
    }

    /** File id of what is there since it ran; empty before. */
    String madeId() {
        return madeId;
    }

    @Override
    Optional<Applied> carryOut() throws ActionException, IOException, InterruptedException {
        FileAttributes source = copies.originals()
                .look(from.path())
                .filter(found -> found.id().equals(from.fileId()))
                .orElseThrow(() -> gone(from.path(), from.fileId(), "copied"));
        requireFile(source);
        Optional<FileAttributes> there = tree.look(to);
        if (there.isPresent()) {
            requireCopy(source, there.get());
            madeId = there.get().id();
            return Optional.empty();
        }
        FileAttributes made = copies.staging().file(to, empty -> filled(source, empty));
        madeId = made.id();
        var asMade = Map.of(
                MADE,
                madeId,
                MADE_AT,
                Long.toString(FileTimes.nanos(made.times().modified())));
        String detail = copies.options().passedOver() ? null : "copied " + source.size() + " bytes within the cluster";
        return Optional.of(new Applied(effect(), asMade, detail));
    }

    private void requireFile(FileAttributes source) throws ActionException {
        if (source.kind() != FileKind.FILE) {
            throw ActionException.refused("path='" + PathText.display(from.path()) + "' is no regular file");
        }
    }

    private void requireCopy(FileAttributes source, FileAttributes there) throws IOException, InterruptedException {
        boolean copied = copies.options().mayBeThere()
                && there.kind() == FileKind.FILE
                && there.size() == source.size()
                && ClusterDigest.of(copies.originals(), from.path(), source).equals(ClusterDigest.of(tree, to, there));
        if (!copied) {
            throw new PosixException(Errno.EEXIST, "copy '" + PathText.display(from.path()) + "' to", to);
        }
    }

    private FileAttributes filled(FileAttributes source, FileAttributes empty) throws IOException {
        copyData(source, empty);
        FileAttributes after = copies.originals().lookById(source.id()).orElse(source);
        FileAttributes copy = tree.lookById(empty.id()).orElse(empty);
        if (!after.etag().equals(source.etag()) || !after.dataRevision().equals(source.dataRevision())) {
            throw changedMeanwhile(null);
        }
        if (copy.size() != source.size()) {
            throw new IOException("copy of '" + PathText.display(from.path()) + "': it has " + copy.size()
                    + " bytes, not " + source.size() + "; nothing is left of it");
        }
        return ClusterKept.copy(copies, from.path(), source, copy);
    }

    private void copyData(FileAttributes source, FileAttributes empty) throws IOException {
        CopyChunk all = CopyChunk.of(source.ref());
        CopyChunk bound = source.etag().isEmpty() ? all : all.ifSourceIs(source.etag());
        try {
            ClusterTree.call("copy", from.path(), () -> {
                tree.changes().copy(empty.ref(), bound);
                return empty;
            });
        } catch (QumuloException e) {
            throw e.reason() == Reason.CHANGED ? changedMeanwhile(e) : e;
        }
    }

    private IOException changedMeanwhile(@Nullable Throwable cause) {
        return new IOException("path='" + PathText.display(from.path()) + "' was changed while it was copied", cause);
    }
}
