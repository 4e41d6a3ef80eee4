package io.weir.worker.files;

import io.weir.posix.Errno;
import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Copies a regular file. The copy is made in a file without a name (O_TMPFILE), read again and compared, given owner, mode,
 * attributes and times, and only then linked to its path: nobody sees it before, and if the process dies nothing is left.
 */
final class CopyFileStep extends CopyStep {
    private static final int EOPNOTSUPP = 95;

    CopyFileStep(MountedCopies copies, Entry from, String to) {
        super(copies, from, to);
    }

    @Override
    Applied make(OpenPath source, FileStatus found, OpenPath directory)
            throws ActionException, IOException, InterruptedException {
        if (!found.isRegularFile()) {
            throw ActionException.refused("path='" + PathText.display(from.path()) + "' is no regular file");
        }
        try (OpenPath copy = unnamed(directory)) {
            long size = transfer(source, copy);
            Digest read = Digest.of(source);
            Digest written = Digest.of(copy);
            String missing = KeptAttributes.copy(source, found, copy, options);
            FileStatus after = source.status();
            if (size != read.size() || after.ctime() != found.ctime() || after.mtime() != found.mtime()) {
                throw new IOException("path='" + PathText.display(from.path()) + "' was changed while it was copied");
            }
            if (!read.equals(written)) {
                throw new IOException("copy of '" + PathText.display(from.path()) + "': what was written (" + written
                        + ") is not what was read (" + read + "); nothing is left of it");
            }
            copy.link(directory, VolumePath.name(to));
            return new Applied(effect(), Map.of(), options.passedOver() ? null : "copied " + read + missing);
        }
    }

    private OpenPath unnamed(OpenPath directory) throws ActionException, PosixException {
        try {
            return directory.makeUnnamed();
        } catch (PosixException e) {
            if (e.errno() == EOPNOTSUPP || e.errno() == Errno.EISDIR) {
                throw ActionException.failed("the file system of to='" + PathText.display(to) + "' cannot make files"
                        + " without a name (" + Errno.name(e.errno()) + ", as NFS and SMB mounts answer), so a copy"
                        + " could be seen half made; nothing was copied");
            }
            throw e;
        }
    }

    private static long transfer(OpenPath source, OpenPath copy) throws IOException, InterruptedException {
        try (FileChannel in = FileChannel.open(source.descriptorPath());
                FileChannel out = FileChannel.open(copy.descriptorPath(), StandardOpenOption.WRITE)) {
            long at = 0;
            while (true) {
                long count = in.transferTo(at, Long.MAX_VALUE - at, out);
                if (count <= 0) {
                    return at;
                }
                at += count;
            }
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("copying");
        }
    }

    @Override
    boolean isCopy(OpenPath source, OpenPath copy) throws IOException, InterruptedException {
        return source.status().size() == copy.status().size()
                && Digest.of(source).equals(Digest.of(copy));
    }
}
