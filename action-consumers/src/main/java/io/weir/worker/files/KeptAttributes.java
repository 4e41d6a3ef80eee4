package io.weir.worker.files;

import io.weir.posix.ExtendedAttributes;
import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.posix.PosixException;
import io.weir.worker.VolumeFiles.CopyOptions;
import java.util.ArrayList;
import java.util.List;

/** What a copy keeps of a file besides its content: owner and group, mode, extended attributes with ACLs, time of change. */
final class KeptAttributes {
    private static final int SPECIAL_BITS = 07000;

    private KeptAttributes() {}

    /** Returns what could not be kept, as a clause for people; empty if all is. */
    static String copy(OpenPath source, FileStatus found, OpenPath copy, CopyOptions options) throws PosixException {
        List<String> missing = new ArrayList<>();
        if (options.keepsOwner()) {
            copy.setOwner(found.uid(), found.gid());
        } else {
            missing.add("owner (the worker is not root)");
        }
        copy.setMode(mode(found.mode(), options));
        missing.addAll(ExtendedAttributes.copy(source, copy));
        copy.setModified(found.mtime());
        return missing.isEmpty() ? "" : "; not kept: " + String.join(", ", missing);
    }

    /** Setuid and setgid are power, which a copy in another place does not get by itself. */
    static int mode(int mode, CopyOptions options) {
        return options.specialModes() ? mode : mode & ~SPECIAL_BITS;
    }
}
