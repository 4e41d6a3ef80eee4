package io.weir.worker.files;

import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;

/** Copies a symbolic link: makes one with the same target, whatever that is. It belongs to the worker. */
final class CopyLinkStep extends CopyStep {
    CopyLinkStep(MountedCopies copies, Entry from, String to) {
        super(copies, from, to);
    }

    @Override
    Applied make(OpenPath source, FileStatus found, OpenPath directory) throws IOException {
        directory.makeLink(VolumePath.name(to), source.linkTarget());
        return new Applied(effect());
    }

    @Override
    boolean isCopy(OpenPath source, OpenPath copy) throws IOException {
        return source.linkTarget().equals(copy.linkTarget());
    }
}
