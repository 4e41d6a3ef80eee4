package io.weir.worker.qumulo;

import io.weir.posix.PathText;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import java.io.IOException;
import java.util.Optional;

/** A step on a cluster. Calls end early when their thread is interrupted; then the step counts as interrupted, too. */
abstract class ClusterStep implements Step {
    final ClusterTree tree;

    ClusterStep(ClusterTree tree) {
        this.tree = tree;
    }

    @Override
    public final Optional<Applied> run() throws ActionException, IOException, InterruptedException {
        try {
            return carryOut();
        } catch (IOException | RuntimeException e) {
            if (Thread.interrupted()) {
                var interrupted = new InterruptedException("in a call to the cluster");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e;
        }
    }

    abstract Optional<Applied> carryOut() throws ActionException, IOException, InterruptedException;

    static ActionException gone(String path, String fileId, String nothing) {
        return ActionException.notTheSameFile("path='" + PathText.display(path) + "' no longer names the file " + fileId
                + "; nothing was " + nothing);
    }

    /** Of something that was changed between a look and a call bound to it. */
    static IOException changed(String path, IOException cause) {
        return new IOException(
                "path='" + PathText.display(path)
                        + "' was changed by somebody else in this moment; nothing was changed, and"
                        + " it is looked at anew",
                cause);
    }
}
