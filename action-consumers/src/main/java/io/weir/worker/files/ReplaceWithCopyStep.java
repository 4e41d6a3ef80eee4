package io.weir.worker.files;

import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import java.io.IOException;
import java.util.Optional;

/** Puts a copy that a step before has made in place of a file. Which file the copy is, is known only by then. */
final class ReplaceWithCopyStep implements Step {
    private final MountedFiles files;
    private final CopyStep copy;
    private final String to;
    private final String replaced;

    ReplaceWithCopyStep(MountedFiles files, CopyStep copy, String to, String replaced) {
        this.files = files;
        this.copy = copy;
        this.to = to;
        this.replaced = replaced;
    }

    @Override
    public Effect effect() {
        return new Effect.Move(copy.to, to, null, replaced);
    }

    @Override
    public Optional<Applied> run() throws ActionException, IOException {
        Optional<Applied> moved = new MoveStep(files, copy.to, to, copy.madeId(), replaced).run();
        return moved.map(applied -> new Applied(effect(), applied.before(), applied.detail()));
    }
}
