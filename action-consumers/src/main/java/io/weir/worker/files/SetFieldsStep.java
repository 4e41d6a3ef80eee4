package io.weir.worker.files;

import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives owner, group and permission bits of the very file that it has checked, in this order: a change of owner clears
 * setuid and setgid, so the mode comes last and is what was declared.
 */
final class SetFieldsStep implements Step {
    private static final String MODE = "mode";
    private static final String UID = "uid";
    private static final String GID = "gid";
    private static final int SETUID_AND_SETGID = 06000;
    private static final int SETGID = 02000;
    private static final long UNCHANGED = -1;

    private final MountedFiles files;
    private final String path;
    private final String fileId;
    private final Map<String, String> fields;
    private final Map<String, String> before;

    SetFieldsStep(MountedFiles files, Entry file, Map<String, String> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("path='" + file.path() + "': no field to set");
        }
        this.files = files;
        this.path = file.path();
        this.fileId = file.fileId();
        this.fields = Map.copyOf(fields);
        this.before = values(file);
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
    public Optional<Applied> run() throws ActionException, IOException {
        try (OpenPath root = files.openRoot();
                OpenPath file = open(root)) {
            FileStatus found = file.status();
            if (!found.fileId().equals(fileId)) {
                throw gone();
            }
            if (found.kind().equals("link") && fields.containsKey(MODE)) {
                throw ActionException.refused("path='" + PathText.display(path) + "' is a symbolic link");
            }
            Map<String, String> foundValues = values(MountedFiles.entry(path, found));
            if (foundValues.equals(fields)) {
                return Optional.empty(); // Without the call there is no event to explain.
            }
            setOwner(file, found);
            setMode(file, found);
            return Optional.of(new Applied(effect(), foundValues, null));
        }
    }

    private Map<String, String> values(Entry of) {
        Map<String, String> values = new TreeMap<>();
        fields.keySet().forEach(field -> values.put(field, of.field(field)));
        return values;
    }

    private void setOwner(OpenPath file, FileStatus found) throws IOException {
        long uid = number(UID, found.uid());
        long gid = number(GID, found.gid());
        if (uid == UNCHANGED && gid == UNCHANGED) {
            return; // Even a call that changes neither clears setuid.
        }
        if (clearsBits(found) && !fields.containsKey(MODE)) {
            throw new IOException("path='" + PathText.display(path) + "' has mode " + Entry.octal(found.mode())
                    + " now, and a change of owner would clear its setuid and setgid bits, which was not declared;"
                    + " nothing was changed");
        }
        file.setOwner(uid, gid);
    }

    private static boolean clearsBits(FileStatus found) {
        boolean hasMode = !found.isDirectory() && !found.kind().equals("link");
        return hasMode && (found.mode() & SETUID_AND_SETGID) != 0;
    }

    /** The declared value, or {@link #UNCHANGED} if there is none or it is there already. */
    private long number(String field, long found) {
        String text = fields.get(field);
        long value = text == null ? found : Long.parseLong(text);
        return value == found ? UNCHANGED : value;
    }

    private void setMode(OpenPath file, FileStatus found) throws ActionException, PosixException {
        String text = fields.get(MODE);
        if (text == null) {
            return;
        }
        int mode = Integer.parseInt(text, 8);
        if (file.status().mode() == mode) {
            return;
        }
        file.setMode(mode);
        // Any other mode is somebody else's doing, who came at once.
        if ((mode & SETGID) != 0 && file.status().mode() == (mode & ~SETGID)) {
            // What is not as declared would look like somebody else's doing.
            file.setOwner(found.uid(), found.gid());
            file.setMode(found.mode());
            throw ActionException.failed("path='" + PathText.display(path) + "': the kernel did not set mode " + text
                    + ", as it does where the worker may not set setgid for the file's group (chmod(2));"
                    + " the file is as it was. Leave setgid out, or give the worker that group");
        }
    }

    private OpenPath open(OpenPath root) throws ActionException, PosixException {
        try {
            return root.beneath(VolumePath.relative(path));
        } catch (PosixException e) {
            if (MountedFiles.isAbsence(e)) {
                throw gone();
            }
            throw e;
        }
    }

    private ActionException gone() {
        return ActionException.notTheSameFile(
                "path='" + PathText.display(path) + "' no longer names the file " + fileId + "; nothing was changed");
    }
}
