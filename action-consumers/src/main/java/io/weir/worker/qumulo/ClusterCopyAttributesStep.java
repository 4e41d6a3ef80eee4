package io.weir.worker.qumulo;

import io.weir.qumulo.client.FileAttributes;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gives a directory that was made as a copy what its original has, once all is in it. */
final class ClusterCopyAttributesStep extends ClusterStep {
    private final ClusterCopies copies;
    private final Entry from;
    private final String to;

    ClusterCopyAttributesStep(ClusterCopies copies, Entry from, String to) {
        super(copies.tree());
        this.copies = copies;
        this.from = from;
        this.to = to;
    }

    @Override
    public Effect effect() {
        Map<String, String> fields = new TreeMap<>();
        if (copies.options().keepsOwner()) {
            fields.putAll(from.values(List.of("uid", "gid")));
        }
        fields.put("mode", Entry.octal(ClusterKept.mode(from.mode(), copies.options())));
        return new Effect.SetFields(to, null, fields, false);
    }

    @Override
    public boolean isPassedOver() {
        return true;
    }

    @Override
    Optional<Applied> carryOut() throws ActionException, IOException {
        FileAttributes found = copies.originals()
                .look(from.path())
                .filter(source -> source.id().equals(from.fileId()))
                .orElseThrow(() -> ActionException.notTheSameFile(from.path()));
        FileAttributes copy = tree.look(to)
                .filter(FileAttributes::isDirectory)
                .orElseThrow(() -> ActionException.notTheSameFile(from.path()));
        Entry now = ClusterEntry.of(from.path(), found);
        if (now.mode() != from.mode() || now.uid() != from.uid() || now.gid() != from.gid()) {
            throw new IOException("directory '" + from.path() + "' was changed while it was copied");
        }
        ClusterKept.copy(copies, from.path(), found, copy);
        return Optional.of(new Applied(effect()));
    }
}
