package io.weir.it.model;

import io.weir.it.model.Node.Name;
import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import io.weir.worker.VolumeFiles.Copies;
import io.weir.worker.VolumeFiles.CopyOptions;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies of simulated files: read while others may write, and complete when they appear. Their content is their size. */
record SimulatedCopies(SimulatedVolume volume, CopyOptions options) implements Copies {
    @Override
    public Step copy(Entry from, String to) {
        return passedOver(volume.step(new Effect.Create(to, false), () -> copied(from, to)));
    }

    private boolean copied(Entry from, String to) throws ActionException, IOException {
        SimulatedFiles files = volume.simulated();
        Name source = files.find(from.path());
        if (source == null || !volume.is(from.path(), from.fileId())) {
            throw ActionException.notTheSameFile(from.path());
        }
        Name there = files.find(to);
        if (there != null) {
            boolean equal = !there.node.isDirectory() && there.node.size == source.node.size;
            if (options.mayBeThere() && equal) {
                return false;
            }
            throw new PosixException(Errno.EEXIST, "copy", to);
        }
        Node read = source.node;
        long size = read.size;
        long changed = read.ctime;
        volume.letOthersAct();
        if (read.size != size || read.ctime != changed) {
            throw new IOException("changed while it was copied: " + from.path());
        }
        if (!files.link(read, to)) {
            throw new PosixException(files.find(to) == null ? Errno.ENOENT : Errno.EEXIST, "copy", to);
        }
        return true;
    }

    private Step passedOver(Step step) {
        return new Step() {
            @Override
            public Effect effect() {
                return step.effect();
            }

            @Override
            public boolean isPassedOver() {
                return options.passedOver();
            }

            @Override
            public Optional<Applied> run() throws ActionException, IOException, InterruptedException {
                return step.run();
            }
        };
    }

    @Override
    public Step attributes(Entry from, String to) {
        Map<String, String> fields =
                Map.of("mode", from.field("mode"), "uid", from.field("uid"), "gid", from.field("gid"));
        return passedOver(volume.step(new Effect.SetFields(to, null, fields, false), () -> {
            Name copy = volume.simulated().find(to);
            if (copy == null || !copy.node.isDirectory() || !volume.is(from.path(), from.fileId())) {
                throw ActionException.notTheSameFile(from.path());
            }
            return volume.set(copy, fields);
        }));
    }

    @Override
    public List<Step> replace(Entry from, String temporary, String to, String replaced) {
        Step move = volume.step(new Effect.Move(temporary, to, null, replaced), () -> {
            if (!volume.is(to, replaced) || !volume.simulated().rename(temporary, to, true)) {
                throw new IOException("not replaced: " + to);
            }
            return true;
        });
        return List.of(copy(from, temporary), move);
    }
}
