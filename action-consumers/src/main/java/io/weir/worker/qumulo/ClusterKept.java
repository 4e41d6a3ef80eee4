package io.weir.worker.qumulo;

import io.weir.qumulo.client.AccessList;
import io.weir.qumulo.client.AttributeChange;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.MetadataType;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.worker.VolumeFiles.CopyOptions;
import java.io.IOException;

/** What a copy keeps of a file besides its content: owner and group, mode, access list, user metadata, time of change. */
final class ClusterKept {
    private static final int SPECIAL_BITS = 07000;
    private static final String NO_METADATA = "0";

    private ClusterKept() {}

    /** Setuid and setgid are power, which a copy in another place does not get by itself. */
    static int mode(int mode, CopyOptions options) {
        return options.specialModes() ? mode : mode & ~SPECIAL_BITS;
    }

    /**
     * Gives a copy what its original has, and returns what it is then.
     *
     * @param path of the original, for messages
     */
    static FileAttributes copy(ClusterCopies copies, String path, FileAttributes source, FileAttributes copy)
            throws IOException {
        return ClusterTree.call("copy attributes of", path, () -> copied(copies, source, copy));
    }

    /** Sets the owner and group that a file has: by number where they have one, else as the cluster knows them. */
    static void give(AttributeChange change, FileAttributes as) {
        as.owner().number().ifPresentOrElse(change::uid, () -> change.owner(as.owner()));
        as.group().number().ifPresentOrElse(change::gid, () -> change.group(as.group()));
    }

    /** Mode and owner make the access list anew, so it comes after them; the time last, since all else may change it. */
    private static FileAttributes copied(ClusterCopies copies, FileAttributes source, FileAttributes copy)
            throws QumuloException {
        var changes = copies.tree().changes();
        var change = new AttributeChange().mode(mode(source.mode(), copies.options()));
        if (copies.options().keepsOwner()) {
            give(change, source);
        }
        changes.setAttributes(copy.ref(), change);
        AccessList list = copies.originals().files().accessList(source.ref());
        if (!list.isGenerated()) {
            changes.setAccessList(copy.ref(), list);
        }
        if (!source.metadataRevision().equals(NO_METADATA)) {
            for (MetadataType type : MetadataType.values()) {
                for (var entry :
                        copies.originals().files().metadata(source.ref(), type).entrySet()) {
                    changes.putMetadata(copy.ref(), type, entry.getKey(), entry.getValue());
                }
            }
        }
        return changes.setAttributes(
                copy.ref(), new AttributeChange().modified(source.times().modified()));
    }
}
