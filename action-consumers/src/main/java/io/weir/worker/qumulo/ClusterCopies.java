package io.weir.worker.qumulo;

import io.weir.worker.Step;
import io.weir.worker.VolumeFiles.Copies;
import io.weir.worker.VolumeFiles.CopyOptions;
import io.weir.worker.VolumeFiles.Entry;
import java.util.List;

/** Copies within a volume on a cluster, or from one to another on the same one. */
record ClusterCopies(ClusterTree originals, ClusterTree tree, Staging staging, CopyOptions options) implements Copies {
    @Override
    public Step copy(Entry from, String to) {
        return new ClusterCopyFileStep(this, from, to);
    }

    @Override
    public Step attributes(Entry from, String to) {
        return new ClusterCopyAttributesStep(this, from, to);
    }

    @Override
    public List<Step> replace(Entry from, String temporary, String to, String replaced) {
        var copy = new ClusterCopyFileStep(this, from, temporary);
        return List.of(copy, new ClusterReplaceStep(tree, copy, to, replaced));
    }
}
