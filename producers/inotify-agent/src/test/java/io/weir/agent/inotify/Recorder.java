package io.weir.agent.inotify;

import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps what it is told; can be made to hold the source up. */
final class Recorder implements ObservationSink {
    private final List<Observation> all = new ArrayList<>();
    private final Set<String> marks = new HashSet<>();
    private int scans;
    private boolean blocked;
    private boolean blocking;

    @Override
    public synchronized void accept(List<Observation> batch) {
        awaitUnblocked();
        all.addAll(batch);
        for (Observation o : batch) {
            if (o instanceof Observation.MarkSeen m) {
                marks.add(m.fileName());
            }
            scans += o instanceof Observation.ScanStarted ? 1 : o instanceof Observation.ScanFinished ? -1 : 0;
        }
    }

    synchronized void awaitUnblocked() {
        while (blocked) {
            try {
                blocking = true;
                notifyAll();
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Waits until somebody waits here. */
    synchronized void awaitBlocking() throws InterruptedException {
        while (!blocking) {
            wait();
        }
    }

    synchronized void block(boolean value) {
        blocked = value;
        blocking = false;
        notifyAll();
    }

    synchronized List<Observation> all() {
        return List.copyOf(all);
    }

    synchronized void clear() {
        all.clear();
    }

    /** Whether the mark has been told and no scan is under way. */
    synchronized boolean isAtRestAfter(String mark) {
        return marks.contains(mark) && scans == 0;
    }

    synchronized boolean has(Class<? extends Observation> type) {
        return all.stream().anyMatch(type::isInstance);
    }

    /** One short line each; what has none is left out. */
    static List<String> lines(List<Observation> observations) {
        return observations.stream()
                .map(Recorder::line)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Type, path, and where it was before. */
    static String line(Observation o) {
        if (o instanceof Change c) {
            return c.type() + " " + text(c.place()) + (c.previous() == null ? "" : " from " + text(c.previous()));
        } else if (o instanceof Found f) {
            return "found " + text(f.place());
        } else if (o instanceof Observation.Left l) {
            return "left " + text(l.place()) + " maybe "
                    + l.maybe().stream().map(f -> text(f.place())).toList();
        } else if (o instanceof Observation.FoundClosed f) {
            return "written " + text(f.place());
        } else if (o instanceof Observation.MarkSeen m) {
            return "mark " + m.fileName();
        } else if (o instanceof Observation.GapOpened g) {
            return "gap " + g.reason() + " " + text(g.place());
        } else if (o instanceof Observation.GapClosed g) {
            return "gap-closed " + g.reason() + " " + text(g.place());
        } else if (o instanceof Observation.ScanStarted s) {
            return "scan " + s.reason() + " " + text(s.place());
        } else if (o instanceof Observation.ScanFinished s) {
            return "scanned " + s.reason() + " " + text(s.place());
        }
        return "";
    }

    private static String text(Place place) {
        return place.volume().equals("v") ? place.path() : place.volume() + ":" + place.path();
    }

    List<String> lines() {
        return lines(all());
    }
}
