package io.weir.worker.files;

import io.weir.posix.OpenPath;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles.CopyOptions;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gives a directory that was made as a copy what its original has, once all is in it. */
final class CopyAttributesStep implements Step {
    private final MountedCopies copies;
    private final Entry from;
    private final String to;
    private final CopyOptions options;

    CopyAttributesStep(MountedCopies copies, Entry from, String to) {
        this.copies = copies;
        this.from = from;
        this.to = to;
        this.options = copies.options();
    }

    @Override
    public Effect effect() {
        Map<String, String> fields = new HashMap<>();
        fields.put("mode", Entry.octal(KeptAttributes.mode(from.mode(), options)));
        if (options.keepsOwner()) {
            fields.put("uid", from.field("uid"));
            fields.put("gid", from.field("gid"));
        }
        return new Effect.SetFields(to, null, fields, false);
    }

    @Override
    public boolean isPassedOver() {
        return true;
    }

    @Override
    public Optional<Applied> run() throws ActionException, IOException {
        try (OpenPath originals = copies.originals().openRoot();
                OpenPath source = originals.beneath(VolumePath.relative(from.path()));
                OpenPath root = copies.files().openRoot();
                OpenPath copy = root.beneath(VolumePath.relative(to))) {
            var found = source.status();
            if (!found.fileId().equals(from.fileId()) || !copy.status().isDirectory()) {
                throw ActionException.notTheSameFile(from.path());
            }
            if (found.mode() != from.mode() || found.uid() != from.uid() || found.gid() != from.gid()) {
                throw new IOException("directory '" + from.path() + "' was changed while it was copied");
            }
            KeptAttributes.copy(source, found, copy, options);
            return Optional.of(new Applied(effect()));
        } catch (PosixException e) {
            if (MountedFiles.isAbsence(e)) {
                throw ActionException.notTheSameFile(from.path());
            }
            throw e;
        }
    }
}
