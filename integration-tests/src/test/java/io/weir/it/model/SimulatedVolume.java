package io.weir.it.model;

import io.weir.it.model.Node.Name;
import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles;
import io.weir.worker.files.VolumePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simulated files as a worker's modules see them. Others may act before each call. */
final class SimulatedVolume implements VolumeFiles {
    /** Who works, and how others come in between. */
    interface Hands {
        /** Others may act now. */
        void pause();

        /** The action at work. */
        String action();

        boolean has(Mutation mutation);

        /** Of nobody. */
        Hands NONE = new Hands() {
            @Override
            public void pause() {}

            @Override
            public String action() {
                return "";
            }

            @Override
            public boolean has(Mutation mutation) {
                return false;
            }
        };
    }

    private final String volume;
    private final SimulatedFiles files;
    private final Hands hands;

    SimulatedVolume(String volume, SimulatedFiles files, Hands hands) {
        this.volume = volume;
        this.files = files;
        this.hands = hands;
    }

    SimulatedFiles simulated() {
        return files;
    }

    /** A call of the action's, after which others may act. */
    void act(Runnable call) {
        atOnce(call);
        hands.pause();
    }

    /** A call of the action's. */
    void atOnce(Runnable call) {
        files.actor(hands.action());
        try {
            call.run();
        } finally {
            files.actor(null);
        }
    }

    @Override
    public String volume() {
        return volume;
    }

    @Override
    public Optional<Path> mountPoint() {
        return Optional.empty();
    }

    @Override
    public String location(String path) {
        return "/simulated" + path;
    }

    @Override
    public Optional<String> copyRefusal(VolumeFiles from) {
        return Optional.empty();
    }

    @Override
    public boolean keepsOwners() {
        return true;
    }

    @Override
    public Optional<Entry> find(String path) {
        hands.pause();
        return look(path);
    }

    /** {@link #find} at once: nobody comes in between. */
    Optional<Entry> look(String path) {
        Name name = files.find(path);
        if (name == null) {
            return Optional.empty();
        }
        Node node = name.node;
        String kind = node.isDirectory() ? "directory" : "file";
        return Optional.of(new Entry(path, node.id(), kind, node.mode, node.uid, node.gid, node.links, 0, node.born));
    }

    /** Whether this very file is at the path. */
    boolean is(String path, String fileId) {
        return look(path)
                .filter(e -> hands.has(Mutation.FILE_ID_UNCHECKED) || e.fileId().equals(fileId))
                .isPresent();
    }

    @Override
    public Step move(String from, String to, String fileId) {
        return step(new Effect.Move(from, to, fileId), () -> {
            if (!is(from, fileId)) {
                if (is(to, fileId)) {
                    return false;
                }
                throw ActionException.notTheSameFile(from);
            }
            if (look(to).isPresent()) {
                throw new PosixException(Errno.EEXIST, "rename", to);
            }
            if (!files.rename(from, to, false)) {
                throw new PosixException(Errno.ENOENT, "rename", to);
            }
            return true;
        });
    }

    @Override
    public Step replace(String from, String to, String fileId, String replaced) {
        return step(new Effect.Move(from, to, fileId, replaced), () -> {
            if (!is(from, fileId)) {
                if (is(to, fileId)) {
                    return false;
                }
                throw ActionException.notTheSameFile(from);
            }
            if (!is(to, replaced) || !files.rename(from, to, true)) {
                throw new IOException("not replaced: " + to);
            }
            return true;
        });
    }

    @Override
    public Step read(String path, String fileId, @Nullable String note) {
        return step(new Effect.Read(path, fileId), () -> false); // Reading leaves no events that the model has.
    }

    @Override
    public Copies copies(VolumeFiles from, CopyOptions options) {
        return new SimulatedCopies(this, options);
    }

    @Override
    public Step makeDirectory(String path, int mode) {
        return step(new Effect.Create(path, true), () -> {
            Name there = files.find(path);
            if (there != null && there.node.isDirectory()) {
                return false;
            }
            if (!files.make(path, true, mode)) {
                throw new PosixException(there == null ? Errno.ENOENT : Errno.ENOTDIR, "make directory", path);
            }
            return true;
        });
    }

    @Override
    public List<Entry> list(String path, int most) throws IOException {
        hands.pause();
        Name name = files.find(path);
        if (name == null || !name.node.isDirectory()) {
            throw new PosixException(name == null ? Errno.ENOENT : Errno.ENOTDIR, "list", path);
        }
        return List.copyOf(name.node.entries().keySet()).stream()
                .limit(most)
                .flatMap(child -> look(VolumePath.child(path, child)).stream())
                .toList();
    }

    @Override
    public Step set(Entry file, Map<String, String> fields) {
        String path = file.path();
        String fileId = file.fileId();
        return step(new Effect.SetFields(path, fileId, fields, false), () -> {
            Name name = files.find(path);
            if (name == null || !is(path, fileId)) {
                throw ActionException.notTheSameFile(path);
            }
            return set(name, fields);
        });
    }

    /** Whether anything was changed. */
    boolean set(Name name, Map<String, String> fields) {
        boolean owner = setOwner(name, fields.get("uid"), fields.get("gid"));
        return setMode(name, fields.get("mode"), owner) || owner;
    }

    /** One call, as chown(2). */
    private boolean setOwner(Name name, @Nullable String uid, @Nullable String gid) {
        boolean changed = (uid != null && Long.parseLong(uid) != name.node.uid)
                || (gid != null && Long.parseLong(gid) != name.node.gid);
        if (changed) {
            files.setOwner(
                    name,
                    uid == null ? name.node.uid : Long.parseLong(uid),
                    gid == null ? name.node.gid : Long.parseLong(gid));
        }
        return changed;
    }

    /** Within a step: others may act now. */
    void letOthersAct() {
        files.actor(null);
        hands.pause();
        files.actor(hands.action());
    }

    /** @param pause whether others may act before */
    private boolean setMode(Name name, @Nullable String octal, boolean pause) {
        if (octal == null || name.node.mode == Integer.parseInt(octal, 8)) {
            return false;
        }
        if (pause) {
            letOthersAct();
        }
        files.setMode(name, Integer.parseInt(octal, 8));
        return true;
    }

    @Override
    public Step remove(String path, String fileId) {
        return step(new Effect.Delete(path, fileId), () -> {
            if (look(path).isEmpty()) {
                return false;
            }
            if (!is(path, fileId)) {
                throw ActionException.notTheSameFile(path);
            }
            if (!files.delete(path)) {
                throw new PosixException(Errno.ENOTEMPTY, "remove", path);
            }
            return true;
        });
    }

    @Override
    public List<Step> makeParents(String path, int mode) {
        Deque<Step> steps = new ArrayDeque<>();
        for (String dir = SimulatedFiles.parentOf(path); !dir.equals("/"); dir = SimulatedFiles.parentOf(dir)) {
            if (find(dir).isPresent()) {
                break;
            }
            steps.addFirst(makeDirectory(dir, mode));
        }
        return List.copyOf(steps);
    }

    /** What a step does, at once unless it lets others act. */
    interface Call {
        /** Whether it did something. */
        boolean run() throws ActionException, IOException;
    }

    Step step(Effect effect, Call call) {
        return new Step() {
            @Override
            public Effect effect() {
                return effect;
            }

            @Override
            public Optional<Applied> run() throws ActionException, IOException {
                hands.pause();
                files.actor(hands.action());
                boolean did;
                try {
                    did = call.run();
                } finally {
                    files.actor(null);
                }
                hands.pause();
                return did ? Optional.of(new Applied(effect)) : Optional.empty();
            }
        };
    }
}
