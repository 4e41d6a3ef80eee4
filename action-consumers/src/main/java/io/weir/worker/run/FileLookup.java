package io.weir.worker.run;

import io.weir.posix.PathText;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the file that an event was about: by path and file id, following what this worker itself has moved since. */
final class FileLookup {
    /** A file may be renamed by several rules in turn; more is a circle. */
    private static final int MOST_MOVES = 32;

    private final VolumeFiles files;
    private final MovedFiles moved;

    FileLookup(VolumeFiles files, MovedFiles moved) {
        this.files = files;
        this.moved = moved;
    }

    /** @param own moves that earlier attempts of the action declared and may have made */
    VolumeFiles.Entry find(String path, FileEvent event, List<Effect> own) throws ActionException, IOException {
        FileState state = event.getState();
        String fileId = state != null ? state.getFileId() : event.getFileId();
        if (fileId == null) {
            throw ActionException.notTheSameFile("path='" + PathText.display(path)
                    + "': the agent could not read the file any more when it saw the event, so no file id is known");
        }
        String at = path;
        for (int moves = 0; moves <= MOST_MOVES; moves++) {
            Optional<VolumeFiles.Entry> entry = files.find(at);
            if (entry.isPresent() && isSame(entry.get(), fileId, state)) {
                return entry.get();
            }
            Optional<String> next = next(at, fileId, own);
            if (next.isEmpty()) {
                throw ActionException.notTheSameFile(reason(path, at, fileId, entry));
            }
            at = next.get();
        }
        throw ActionException.notTheSameFile(
                "path='" + PathText.display(path) + "': moved in a circle by this worker; not followed further");
    }

    /** Inode numbers are used again at once on some file systems; the time of birth tells two such files apart. */
    private static boolean isSame(VolumeFiles.Entry entry, String fileId, @Nullable FileState state) {
        boolean bornTogether = state == null
                || state.getBtime() == null
                || entry.birthNanos() < 0
                || state.getBtime() == entry.birthNanos();
        return entry.fileId().equals(fileId) && bornTogether;
    }

    private Optional<String> next(String path, String fileId, List<Effect> own) {
        for (Effect effect : own) {
            if (effect instanceof Effect.Move move && move.from().equals(path) && fileId.equals(move.fileId())) {
                return Optional.of(move.to());
            }
        }
        return moved.from(files.volume(), path, fileId);
    }

    private static String reason(String path, String at, String fileId, Optional<VolumeFiles.Entry> entry) {
        String followed = at.equals(path) ? "" : " (moved there by this worker from '" + PathText.display(path) + "')";
        String found = entry.isPresent() ? "another file, " + entry.get().fileId() : "gone";
        return "path='" + PathText.display(at) + "'" + followed + " is " + found + "; the event was about file "
                + fileId;
    }
}
