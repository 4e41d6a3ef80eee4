package io.weir.qumulo.emulator.notify;

import io.weir.qumulo.emulator.fault.Counters;
import io.weir.qumulo.emulator.http.StreamOutput;
import io.weir.qumulo.emulator.settings.OverflowForm;
import io.weir.qumulo.emulator.settings.Switches;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a watcher sees, until the stream ends. Run by the thread of the connection. */
public final class NotifyStream {
    /** So many events are written at once, at most. */
    private static final int BATCH = 2000;

    private static final String HALF_EVENT = "data: [{\"type\":\"child_file_added\",\"spine\":[\"2\",\"1000";
    private static final String MISSED = "{\"description\":\"the watcher missed events\",\"module\":\"emulator\","
            + "\"error_class\":\"fs_watcher_missed_events_error\",\"user_visible\":true,\"stack\":[]}";

    private final Watcher watcher;
    private final Watchers watchers;
    private final Switches switches;
    private final Counters counters;
    private final ByteText text = new ByteText();
    private final EventText events;

    /** For a watcher that is among the watchers already, so that nothing is missed before it is said to watch. */
    public NotifyStream(Watcher watcher, Watchers watchers, Switches switches, Counters counters) {
        this.watcher = watcher;
        this.watchers = watchers;
        this.switches = switches;
        this.counters = counters;
        this.events = new EventText(text, switches);
    }

    /** Returns when the stream has ended, in whichever way. */
    public void run(StreamOutput out) throws IOException, InterruptedException {
        out.whenPeerCloses(() -> watcher.end(StreamEnd.GONE));
        watcher.onReset(out::reset);
        try {
            StreamEnd end = watcher.awaitVoice();
            if (end == null) {
                events.comment("watching");
                flush(out);
                counters.streamOpened();
                end = write(out);
            }
            end(end, out);
        } finally {
            watchers.remove(watcher);
        }
    }

    private StreamEnd write(StreamOutput out) throws IOException, InterruptedException {
        var actions = new ArrayList<List<Notification>>();
        while (true) {
            actions.clear();
            Duration keepalive = switches.keepalive();
            StreamEnd end = watcher.take(actions, BATCH, keepalive);
            if (end != null) {
                return end;
            }
            if (actions.isEmpty()) {
                events.comment("keepalive");
                flush(out);
                continue;
            }
            end = write(actions, out);
            if (end != null) {
                return end;
            }
        }
    }

    private @Nullable StreamEnd write(List<List<Notification>> actions, StreamOutput out)
            throws IOException, InterruptedException {
        for (List<Notification> action : actions) {
            events.action(watcher, action);
            if (counters.sending(action.size())) {
                // A fault falls due with these: it must find them sent, and not those after them.
                flush(out);
                counters.sent();
                StreamEnd end = watcher.awaitVoice();
                if (end != null) {
                    return end;
                }
            }
            if (action.get(action.size() - 1).type() == NotifyType.SELF_REMOVED && switches.endAfterSelfRemoved()) {
                flush(out);
                return StreamEnd.CLEAN;
            }
        }
        flush(out);
        return null;
    }

    private void end(StreamEnd how, StreamOutput out) throws IOException {
        switch (how) {
            case CLEAN -> out.finish();
            case HALF_LINE -> {
                text.ascii(HALF_EVENT);
                flush(out);
                out.finish();
            }
            case CUT -> {
                text.ascii(HALF_EVENT);
                flush(out);
                out.close();
            }
            case RESET -> out.reset();
            case OVERFLOW -> {
                overflow(switches.overflowForm());
                flush(out);
                out.finish();
            }
            case GONE -> out.close();
        }
    }

    private void overflow(OverflowForm form) {
        switch (form) {
            case NEXT_REQUEST -> watchers.rememberMissed(watcher.directory());
            case ERROR_LINE -> events.line(MISSED);
            case PLAIN_LINE -> events.line("fs_watcher_missed_events_error: queue limit reached");
        }
    }

    private void flush(StreamOutput out) throws IOException {
        if (text.length() > 0) {
            out.write(text.array(), text.length(), switches.chunkBytes());
            text.clear();
        }
    }
}
