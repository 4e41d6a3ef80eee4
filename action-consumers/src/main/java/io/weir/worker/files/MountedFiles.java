package io.weir.worker.files;

import io.weir.posix.Accounts;
import io.weir.posix.Directory;
import io.weir.posix.Errno;
import io.weir.posix.FileStatus;
import io.weir.posix.OpenPath;
import io.weir.posix.PosixException;
import io.weir.worker.Step;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.VolumeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A volume that is mounted on this host. Safe for all threads: holds nothing open. */
public final class MountedFiles implements VolumeFiles {
    private final String volume;
    private final Path root;

    public MountedFiles(String volume, Path root) {
        this.volume = volume;
        this.root = root;
    }

    @Override
    public String volume() {
        return volume;
    }

    @Override
    public Optional<Path> mountPoint() {
        return Optional.of(root);
    }

    @Override
    public String location(String path) {
        return root.toString().equals("/") ? path : root + path;
    }

    @Override
    public Optional<String> copyRefusal(VolumeFiles from) {
        return from instanceof MountedFiles
                ? Optional.empty()
                : Optional.of("volume '" + volume + "' is mounted on this worker's host, and volume '" + from.volume()
                        + "' is not; have the worker serve both from mounts");
    }

    /** Only root can give files away. */
    @Override
    public boolean keepsOwners() {
        return Accounts.isRoot();
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
        try (OpenPath top = openRoot()) {
            return look(top, path).map(status -> entry(path, status));
        }
    }

    static Entry entry(String path, FileStatus status) {
        return new Entry(
                path,
                status.fileId(),
                status.kind(),
                status.mode(),
                status.uid(),
                status.gid(),
                status.linkCount(),
                status.mtime(),
                status.btime());
    }

    @Override
    public List<Entry> list(String path, int most) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (OpenPath top = openRoot();
                OpenPath at = top.beneath(VolumePath.relative(path));
                Directory directory = at.list()) {
            while (entries.size() < most
                    && directory.listSome(name -> entryOf(at, name)
                            .filter(status -> entries.size() < most)
                            .ifPresent(status -> entries.add(entry(VolumePath.child(path, name), status))))) {
                // the next part
            }
        }
        return entries;
    }

    @Override
    public Step move(String from, String to, String fileId) {
        return new MoveStep(this, from, to, fileId, null);
    }

    @Override
    public Step replace(String from, String to, String fileId, String replaced) {
        return new MoveStep(this, from, to, fileId, replaced);
    }

    @Override
    public Step set(Entry file, Map<String, String> fields) {
        return new SetFieldsStep(this, file, fields);
    }

    @Override
    public Step read(String path, String fileId, @Nullable String note) {
        return new ReadStep(path, fileId, note);
    }

    @Override
    public Copies copies(VolumeFiles from, CopyOptions options) {
        if (from instanceof MountedFiles originals) {
            return new MountedCopies(originals, this, options);
        }
        throw new UnsupportedOperationException(copyRefusal(from).orElse(""));
    }

    @Override
    public Step makeDirectory(String path, int mode) {
        return new MakeDirectoryStep(this, path, mode);
    }

    @Override
    public Step removeTree(String path, String fileId) {
        return new RemoveTreeStep(this, path, fileId);
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public Step write(String path, Content content) {
        return new WriteFileStep(this, path, content);
    }

    @Override
    public Optional<Fingerprint> fingerprint(String path, String fileId, long mostBytes)
            throws IOException, InterruptedException {
        try (OpenPath top = openRoot();
                OpenPath file = top.beneath(VolumePath.relative(path))) {
            FileStatus status = file.status();
            if (!status.fileId().equals(fileId)) {
                return Optional.empty();
            }
            return Optional.of(
                    status.isRegularFile() && status.size() <= mostBytes
                            ? new Fingerprint(
                                    status.size(), Optional.of(Digest.of(file).sha256()))
                            : new Fingerprint(status.size(), Optional.empty()));
        } catch (PosixException e) {
            if (isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Step remove(String path, String fileId) {
        return new RemoveStep(this, path, fileId);
    }

    @Override
    public List<Step> makeParents(String path, int mode) throws IOException {
        Deque<Step> steps = new ArrayDeque<>();
        try (OpenPath top = openRoot()) {
            for (String dir = VolumePath.parent(path); !dir.equals("/"); dir = VolumePath.parent(dir)) {
                Optional<FileStatus> there = look(top, dir);
                if (there.isPresent()) {
                    requireDirectory(dir, there.get());
                    break;
                }
                steps.addFirst(new MakeDirectoryStep(this, dir, mode));
            }
        }
        return List.copyOf(steps);
    }

    static void requireDirectory(String path, FileStatus status) throws PosixException {
        if (!status.isDirectory()) {
            throw new PosixException(Errno.ENOTDIR, "make directory", path);
        }
    }

    /** The root, which must be there: a volume that is not mounted is no empty volume. */
    OpenPath openRoot() {
        try {
            return OpenPath.directory(root.toString());
        } catch (PosixException e) {
            throw new UnableToWorkException(
                    "volume '" + volume + "' root='" + root + "' cannot be opened: " + e.getMessage()
                            + "; mount it, or mend the worker's configuration",
                    e);
        }
    }

    /** An entry of an open directory; empty if it has vanished. */
    static Optional<FileStatus> entryOf(OpenPath directory, String name) throws PosixException {
        try {
            return Optional.of(directory.status(name));
        } catch (PosixException e) {
            if (isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What is at a path; empty if nothing is, or if the way to it is no chain of directories. */
    static Optional<FileStatus> look(OpenPath root, String path) throws PosixException {
        try (OpenPath there = root.beneath(VolumePath.relative(path))) {
            return Optional.of(there.status());
        } catch (PosixException e) {
            if (isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static boolean isAbsence(PosixException e) {
        return e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP;
    }
}
