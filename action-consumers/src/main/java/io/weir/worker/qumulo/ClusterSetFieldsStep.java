package io.weir.worker.qumulo;

import io.weir.posix.Errno;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.qumulo.client.AttributeChange;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileKind;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Gives owner, group and permission bits of a file their values in one call, by its id and bound to the ETag of the look: a
 * change that somebody else makes in between is not overwritten.
 */
final class ClusterSetFieldsStep extends ClusterStep {
    private static final String MODE = "mode";
    private static final int SETUID_AND_SETGID = 06000;

    private final String path;
    private final String fileId;
    private final Map<String, String> fields;
    private final Map<String, String> before;

    ClusterSetFieldsStep(ClusterTree tree, Entry file, Map<String, String> fields) {
        super(tree);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("path='" + file.path() + "': no field to set");
        }
        this.path = file.path();
        this.fileId = file.fileId();
        this.fields = Map.copyOf(fields);
        this.before = file.values(fields.keySet());
    }

    @Override
    public Map<String, String> before() {
        return before;
    }

    @Override
    public Effect effect() {
        return new Effect.SetFields(path, fileId, fields, false);
    }

    @Override
    Optional<Applied> carryOut() throws ActionException, IOException {
        FileAttributes found = tree.look(path)
                .filter(there -> there.id().equals(fileId))
                .orElseThrow(() -> gone(path, fileId, "changed"));
        if (found.kind() == FileKind.SYMLINK && fields.containsKey(MODE)) {
            throw ActionException.refused("path='" + PathText.display(path) + "' is a symbolic link");
        }
        Map<String, String> foundValues = values(found);
        if (foundValues.equals(fields)) {
            return Optional.empty(); // Without the call there is no event to explain.
        }
        requireModeDeclared(found);
        FileAttributes set = set(found);
        if (!values(set).equals(fields)) {
            restore(found, set);
        }
        return Optional.of(new Applied(effect(), foundValues, null));
    }

    private Map<String, String> values(FileAttributes of) {
        return ClusterEntry.of(path, of).values(fields.keySet());
    }

    /** As on a mounted volume: a new owner or group takes setuid and setgid away. */
    private void requireModeDeclared(FileAttributes found) throws IOException {
        boolean hasBits =
                !found.isDirectory() && found.kind() != FileKind.SYMLINK && (found.mode() & SETUID_AND_SETGID) != 0;
        if (hasBits && !fields.containsKey(MODE)) {
            throw new IOException("path='" + PathText.display(path) + "' has mode " + Entry.octal(found.mode())
                    + " now, and a change of owner would clear its setuid and setgid bits, which was not declared;"
                    + " nothing was changed");
        }
    }

    private FileAttributes set(FileAttributes found) throws ActionException, IOException {
        try {
            return ClusterTree.once("set attributes of", path, () -> patch(found, change()), () -> tree.lookById(fileId)
                    .filter(now -> values(now).equals(fields)));
        } catch (QumuloException e) {
            throw e.reason() == Reason.CHANGED ? changed(path, e) : e;
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                throw gone(path, fileId, "changed");
            }
            throw e;
        }
    }

    /** Where the cluster gave no ETag there is none to bind it to. */
    private FileAttributes patch(FileAttributes as, AttributeChange change) throws QumuloException {
        return as.etag().isEmpty()
                ? tree.changes().setAttributes(as.ref(), change)
                : tree.changes().setAttributes(as.ref(), change, as.etag());
    }

    private AttributeChange change() {
        AttributeChange change = new AttributeChange();
        fields.forEach((field, value) -> {
            switch (field) {
                case MODE -> change.mode(Integer.parseInt(value, 8));
                case "uid" -> change.uid(Long.parseLong(value));
                default -> change.gid(Long.parseLong(value));
            }
        });
        return change;
    }

    /** What is not as declared would look like somebody else's doing. */
    private void restore(FileAttributes found, FileAttributes set) throws ActionException, IOException {
        AttributeChange back = new AttributeChange().mode(found.mode());
        ClusterKept.give(back, found);
        ClusterTree.once("set back attributes of", path, () -> patch(set, back), () -> tree.lookById(fileId)
                .filter(now -> values(now).equals(values(found))));
        throw ActionException.failed("path='" + PathText.display(path) + "': the cluster made " + values(set) + " of "
                + fields + "; the file's owner and mode are as they were. Change what the rule asks for, or look at the"
                + " cluster's permissions mode");
    }
}
