package io.weir.agent.qumulo;

import io.weir.agent.qumulo.notify.NotifyEvent;
import io.weir.agent.qumulo.notify.StreamEnd;
import io.weir.qumulo.client.rest.QumuloException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Points in the order of the stream. A file put into the marks directory comes back through the stream, and with it all that
 * happened before has come. Where no file may be put there, the point is set where the stream has been read to; what has
 * happened just before may then come after it. For one thread.
 */
final class Positions {
    private static final String PREFIX = "position-";
    private static final String OF_INBOX = "weir-position";
    /** As the stream names it. */
    private static final String MARKS = ClusterMarks.DIRECTORY.substring(1) + "/";

    private final Optional<ClusterMarks> marks;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final Deque<String> undeleted = new ArrayDeque<>();
    private int sent;

    Positions(Optional<ClusterMarks> marks) {
        this.marks = marks;
    }

    /**
     * A point that comes after all that has happened by now.
     *
     * @throws QumuloException if the cluster does not answer: the stream has broken then, too, or will
     */
    String send(Inbox inbox) throws QumuloException {
        String name = next();
        if (marks.isPresent()) {
            for (String old = undeleted.peek(); old != null; old = undeleted.peek()) {
                marks.get().deleteNow(old);
                undeleted.remove();
            }
            marks.get().putNow(name, new byte[0]);
        } else {
            put(inbox, name);
        }
        return name;
    }

    /** A point that comes after all that has been read by now. */
    String sendRead(Inbox inbox) {
        String name = next();
        put(inbox, name);
        return name;
    }

    private String next() {
        return PREFIX + run + "-" + sent++;
    }

    private static void put(Inbox inbox, String name) {
        var events = List.of(new NotifyEvent(OF_INBOX, name, List.of(), null));
        if (!inbox.offer(new Inbox.Events(events, 0))) {
            inbox.ended(
                    new StreamEnd(StreamEnd.Reason.LOST, "no more room for events, since they could not be delivered"));
        }
    }

    /** The point that an event is; empty if it is none. */
    Optional<String> of(NotifyEvent event) {
        if (event.type().equals(OF_INBOX)) {
            return Optional.of(event.path());
        }
        return mark(event).filter(name -> name.startsWith(PREFIX)).map(this::forget);
    }

    private String forget(String name) {
        if (name.startsWith(PREFIX + run + "-")) {
            marks.ifPresent(directory -> delete(name, directory));
        }
        return name;
    }

    private void delete(String name, ClusterMarks directory) {
        try {
            directory.deleteNow(name);
        } catch (QumuloException e) {
            undeleted.add(name);
        }
    }

    /** The name of the mark that an event has put there; empty if it is of something else. */
    static Optional<String> mark(NotifyEvent event) {
        String path = event.path();
        if (!path.startsWith(MARKS) || !event.type().equals("child_file_moved_to")) {
            return Optional.empty();
        }
        String name = path.substring(MARKS.length());
        return name.startsWith(".") || name.contains("/") ? Optional.empty() : Optional.of(name);
    }
}
