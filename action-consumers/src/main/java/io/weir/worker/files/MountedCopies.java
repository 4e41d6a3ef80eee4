package io.weir.worker.files;

import io.weir.worker.Step;
import io.weir.worker.VolumeFiles.Copies;
import io.weir.worker.VolumeFiles.CopyOptions;
import io.weir.worker.VolumeFiles.Entry;
import java.util.List;

/** Copies within a mounted volume, or from one to another. */
record MountedCopies(MountedFiles originals, MountedFiles files, CopyOptions options) implements Copies {
    @Override
    public Step copy(Entry from, String to) {
        return step(from, to);
    }

    private CopyStep step(Entry from, String to) {
        return from.isLink() ? new CopyLinkStep(this, from, to) : new CopyFileStep(this, from, to);
    }

    @Override
    public Step attributes(Entry from, String to) {
        return new CopyAttributesStep(this, from, to);
    }

    @Override
    public List<Step> replace(Entry from, String temporary, String to, String replaced) {
        CopyStep copy = step(from, temporary);
        return List.of(copy, new ReplaceWithCopyStep(files, copy, to, replaced));
    }
}
