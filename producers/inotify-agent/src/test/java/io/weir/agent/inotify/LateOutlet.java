package io.weir.agent.inotify;

import io.weir.agent.EventOutlet;
import io.weir.agent.SpooledEvent;
import io.weir.agent.randomised.PublishedTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an agent delivers to, until it is cut off; acknowledges late. All threads. */
final class LateOutlet implements EventOutlet {
    private final PublishedTree tree;
    private @Nullable Runnable owed;
    private boolean cut;
    private boolean prompt;

    LateOutlet(PublishedTree tree) {
        this.tree = tree;
    }

    @Override
    public synchronized void deliver(List<SpooledEvent> events, Acknowledgement acknowledgement) {
        if (cut) {
            return;
        }
        acknowledge();
        events.forEach(event -> tree.take(event.event()));
        owed = () -> events.forEach(event -> acknowledgement.safe(event.sequence()));
        if (prompt) {
            acknowledge();
        }
    }

    private void acknowledge() {
        if (owed != null) {
            owed.run();
            owed = null;
        }
    }

    /** Acknowledges at once from now on. */
    synchronized void prompt() {
        prompt = true;
        acknowledge();
    }

    /** Takes nothing more; the last events stay unacknowledged. */
    synchronized void cut() {
        cut = true;
    }

    @Override
    public void close() {}
}
