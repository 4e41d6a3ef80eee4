package io.weir.agent.source;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing that a source saw. Sources tell them in the order in which their own stream delivered them. */
public sealed interface Observation {
    /** Microseconds since 1970 when it was read. */
    long observedAt();

    /**
     * An event of the stream.
     *
     * @param type the word of the rule language: created, modified, written, attributes-changed, moved, moved-in,
     *     moved-out, deleted, opened, read, closed, or a source's own
     * @param previous moved: where it was
     * @param directory whether it is about a directory
     * @param stat the file read a moment later; null where it was gone by then, and for deleted and moved-out. Of a moved
     *     file: at its new place
     * @param order which other events the stat shows
     */
    record Change(
            long observedAt,
            String type,
            Place place,
            @Nullable Place previous,
            boolean directory,
            @Nullable FileStat stat,
            Order order)
            implements Observation {
        public Change(
                long observedAt,
                String type,
                Place place,
                @Nullable Place previous,
                boolean directory,
                @Nullable FileStat stat) {
            this(observedAt, type, place, previous, directory, stat, Order.UNKNOWN);
        }
    }

    /**
     * Where an event and the reading of its file lie in the stream. Numbers do not go down from one scan START or REPAIR to
     * the next.
     *
     * @param queued number of the event, above 0; 0 if the source has none
     * @param readBehind the last number that had been given when the file was read: an event that has it, or a lower one,
     *     tells of nothing that this reading does not show
     */
    record Order(long queued, long readBehind) {
        public static final Order UNKNOWN = new Order(0, 0);
    }

    /**
     * A file left its place, and the stream does not tell where to: out of sight, or into a directory that was not yet
     * watched.
     *
     * @param maybe what was found in such directories and is still to be told; it will be, whether it is this file or not. If
     *     a directory left, just that one, if it was found
     */
    record Left(long observedAt, Place place, List<Found> maybe) implements Observation {
        public Left {
            maybe = List.copyOf(maybe);
        }
    }

    /**
     * A scan of a subtree begins; {@link Found} for what is there follow, parents before children, mixed with changes,
     * until {@link ScanFinished} of the same place.
     */
    record ScanStarted(long observedAt, Place place, ScanReason reason) implements Observation {}

    /**
     * A scan came upon an entry. A START, REPAIR or POLL scan of a directory comes first upon the directory itself; of a
     * new directory, a {@link Change} told before.
     *
     * <p>Who tells that a file was closed which was made in a new directory before that was watched? The source does, by
     * {@link FoundClosed}: it alone can ask the kernel, and knows its stream.
     *
     * @param closing how it will be known that a file is no longer being written
     * @param leaving whether the stream tells next that something has left this place: then this is of use only if nothing is
     *     known to be there, and else may be what came after
     */
    record Found(long observedAt, Place place, FileStat stat, ScanReason reason, Closing closing, boolean leaving)
            implements Observation {
        /** The same file at another place. */
        public Found at(Place other) {
            return new Found(observedAt, other, stat, reason, closing, leaving);
        }

        public Found(long observedAt, Place place, FileStat stat, ScanReason reason, Closing closing) {
            this(observedAt, place, stat, reason, closing, false);
        }

        public Found(long observedAt, Place place, FileStat stat, ScanReason reason) {
            this(observedAt, place, stat, reason, Closing.BY_STREAM);
        }
    }

    /** How it will be known that a file which a scan came upon is no longer being written. */
    enum Closing {
        /**
         * The stream tells when it is closed, or {@link FoundClosed}. Of a START or REPAIR scan, which may have missed that:
         * {@code written} is told once the file has been quiet for a quarter of a second.
         */
        BY_STREAM,
        /**
         * Of a file in a new directory: the source cannot find out whether somebody has it open for writing, or is about to:
         * who makes a file has it open a moment after it can be seen. Then {@code written} is told once the file has been
         * quiet for a quarter of a second.
         */
        UNKNOWN,
        /**
         * The stream tells nothing of who writes it, so {@code written} is told by the first POLL scan that finds it as it
         * was before.
         */
        BY_POLL
    }

    /**
     * Nobody had a file open for writing when it was found in a new directory, and the stream has no closing of it: what was
     * written to it was closed before anybody watched. Follows its {@link Found}. Whoever opens it later will close it later,
     * and the stream tells; so each file is {@code written} once.
     */
    record FoundClosed(long observedAt, Place place, FileStat stat) implements Observation {}

    /**
     * The scan is over: what the baseline has below the place and was neither found nor observed since is gone.
     *
     * @param unread parts that could not be read: nothing in them is concluded to be gone; a gap tells why
     */
    record ScanFinished(long observedAt, Place place, ScanReason reason, Set<Place> unread) implements Observation {
        public ScanFinished {
            unread = Set.copyOf(unread);
        }

        /** Of which nothing could be read, or all. */
        public ScanFinished(long observedAt, Place place, ScanReason reason, boolean complete) {
            this(observedAt, place, reason, complete ? Set.of() : Set.of(place));
        }
    }

    /** Why a subtree is scanned, which decides how news in it are published. */
    enum ScanReason {
        /** At start: differences from the baseline are {@code reconstructed}; without a baseline they are no news. */
        START,
        /** A new directory: entries not known yet are {@code created}, live. */
        CREATED_DIRECTORY,
        /**
         * A directory moved in: entries are {@code moved-in}, live. Also of what is found in a new directory and older than
         * that.
         */
        MOVED_IN_DIRECTORY,
        /** After a gap: differences are {@code reconstructed}. */
        REPAIR,
        /**
         * Again and again, where the stream does not tell all that happens: differences are {@code reconstructed}. What the
         * stream has told of since the scan began is not compared, as it may have been read before that.
         */
        POLL;

        /** Whether differences from what is known are sought, rather than the contents of something new. */
        public boolean compares() {
            return this == START || this == REPAIR || this == POLL;
        }
    }

    /**
     * A file was renamed into the volume's marks directory, or onto one there; by now it may be gone. Names that begin
     * with {@code .} are temporary and are not told; every other name is, also one that is no mark: the core puts sync
     * cookies there and waits until they come back through the stream. The source watches the marks directory before it
     * tells {@link ScanStarted} of its first scan.
     *
     * @param order where it lies in the stream, and up to which event files were read at the earliest that are read now
     */
    record MarkSeen(long observedAt, String volume, String fileName, Order order) implements Observation {
        public MarkSeen(long observedAt, String volume, String fileName) {
            this(observedAt, volume, fileName, Order.UNKNOWN);
        }
    }

    /** From here on something cannot be seen. */
    record GapOpened(long observedAt, Place place, String reason, String detail) implements Observation {}

    /** The gap is over: a scan of the place has finished, or the cause has gone. */
    record GapClosed(long observedAt, Place place, String reason) implements Observation {}

    /**
     * An event of a stream that names files by ids, and leaves nothing out while it lasts. Only of a source that
     * {@linkplain EventSource#tellsAll() tells all}.
     *
     * @param type as of {@link Change}
     * @param previous moved: where it was
     * @param from moved: the file under its previous name
     * @param stat the file read a moment later; null where it was not read
     * @param overlap whether a comparison that was told before has shown it
     */
    record StreamEvent(
            long observedAt,
            String type,
            Place place,
            @Nullable Place previous,
            FileIdentity file,
            @Nullable FileIdentity from,
            @Nullable FileStat stat,
            Overlap overlap)
            implements Observation {
        /** With what was read of the file. */
        public StreamEvent with(@Nullable FileStat read) {
            return new StreamEvent(observedAt, type, place, previous, file, from, read, overlap);
        }

        /** The same, told of other places. */
        public StreamEvent at(Place now, @Nullable Place before) {
            return new StreamEvent(observedAt, type, now, before, file, from, stat, overlap);
        }
    }

    /** Whether an event came before the state of the tree that a comparison has shown. */
    enum Overlap {
        /** It came after it. */
        NONE,
        /** It may have come before it or after it. */
        PERHAPS,
        /** It came before it. */
        SURELY
    }

    /**
     * A file in one of two states of the tree.
     *
     * @param stat as it was then
     */
    record Side(Place place, FileIdentity file, FileStat stat) {}

    /**
     * What two states of the tree show of a file, by the source's own comparison. At least one side is there.
     *
     * @param before null: it was not there at the last {@link Checkpoint}
     * @param now null: it is not there
     * @param changes types of events about content and attributes that would have led from one to the other
     */
    record Difference(long observedAt, @Nullable Side before, @Nullable Side now, List<String> changes)
            implements Observation {
        public Difference {
            changes = List.copyOf(changes);
        }
    }

    /**
     * A file as it was read, after which the stream has told all that led to it.
     */
    record Settled(long observedAt, Side now) implements Observation {}

    /**
     * A state of the tree is kept, with which a later one can be compared.
     *
     * @param id the source's name for it
     * @param taken false: what is told from here on may not be in it; true: all that was told before that is in it, and it
     *     takes the place of the last
     */
    record Checkpoint(long observedAt, String id, boolean taken) implements Observation {
        /** In place of a name, where the source keeps no state: it then compares with what was told of the whole tree. */
        public static final String AS_TOLD = "as-told";
        /** In place of a name, where the last state is lost: nothing is known, and what a walk finds next is no news. */
        public static final String NOTHING = "nothing";
    }
}
