package io.weir.worker.qumulo;

import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import java.io.IOException;
import java.util.Optional;

/** Puts a copy that a step before has made in place of a file. Which file the copy is, is known only by then. */
final class ClusterReplaceStep extends ClusterStep {
    private final ClusterCopyFileStep copy;
    private final String to;
    private final String replaced;

    ClusterReplaceStep(ClusterTree tree, ClusterCopyFileStep copy, String to, String replaced) {
        super(tree);
        this.copy = copy;
        this.to = to;
        this.replaced = replaced;
    }

    @Override
    public Effect effect() {
        return new Effect.Move(copy.to(), to, null, replaced);
    }

    @Override
    Optional<Applied> carryOut() throws ActionException, IOException {
        return new ClusterMoveStep(tree, copy.to(), to, copy.madeId(), replaced)
                .carryOut()
                .map(applied -> new Applied(effect(), applied.before(), applied.detail()));
    }
}
