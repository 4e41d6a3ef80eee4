package io.weir.worker.files;

import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sets the permission bits of the very file that it has checked. */
final class SetModeStep implements Step {
    private static final String MODE = "mode";

    private final MountedFiles files;
    private final String path;
    private final String fileId;
    private final int mode;

    SetModeStep(MountedFiles files, String path, String fileId, int mode) {
        this.files = files;
        this.path = path;
        this.fileId = fileId;
        this.mode = mode;
    }

    @Override
    public Effect effect() {
        return new Effect.SetFields(path, fileId, Map.of(MODE, octal(mode)), false);
    }

    @Override
    public Optional<Applied> run() throws ActionException, IOException {
        try (OpenPath root = files.openRoot();
                OpenPath file = open(root)) {
            FileStatus found = file.status();
            if (!found.fileId().equals(fileId)) {
                throw gone();
            }
            if (found.kind().equals("link")) {
                throw ActionException.refused("path='" + PathText.display(path) + "' is a symbolic link");
            }
            if (found.mode() == mode) {
                return Optional.empty(); // Without the call there is no event to explain.
            }
            file.setMode(mode);
            return Optional.of(new Applied(effect(), Map.of(MODE, octal(found.mode())), null));
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

    private static String octal(int mode) {
        return String.format(Locale.ROOT, "%04o", mode);
    }
}
