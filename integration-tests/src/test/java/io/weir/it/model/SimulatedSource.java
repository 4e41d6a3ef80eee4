package io.weir.it.model;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Closing;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.Order;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import io.weir.it.model.KernelQueue.Event;
import io.weir.it.model.Node.Name;
import io.weir.it.model.SourceListings.Scan;
import io.weir.it.model.SourceTree.Dir;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the kernel's queue as the agent for Linux does: its tree is as of the last event handled, and the disk is ahead. A
 * directory is watched, then listed.
 */
final class SimulatedSource {
    private record Task(Scan scan, Dir dir) {}

    private final String volume;
    private final SimulatedFiles files;
    private final KernelQueue queue;
    private final Consumer<Observation> sink;
    private final SourceTree tree;
    private final SourceListings listings;
    private final Deque<Task> tasks = new ArrayDeque<>();
    private final List<Task> deferred = new ArrayList<>();
    private final int capacity;
    private boolean repairing;
    private boolean initialScanOver;
    private long handled;
    private long readBehind;
    private @Nullable Event handling;
    /** An agent's clock is only a field of its events. */
    private long clock = 1_000_000;

    SimulatedSource(String volume, SimulatedFiles files, KernelQueue queue, int capacity, Consumer<Observation> sink) {
        this.volume = volume;
        this.files = files;
        this.queue = queue;
        this.capacity = capacity;
        this.sink = sink;
        this.tree = new SourceTree(volume, queue);
        this.listings = new SourceListings(tree, files, sink, this::now, this::release);
    }

    void jump(long micros) {
        clock += micros;
    }

    private long now() {
        return clock++;
    }

    /** The file that an event at hand with this name is about; null if there is no such event. */
    @Nullable
    Node about(Place place) {
        Event event = handling;
        return event != null && place.path().endsWith("/" + event.name()) ? event.about() : null;
    }

    /** Opens the descriptor and begins to scan the volume. */
    void start() {
        begin(ScanReason.START);
    }

    private void begin(ScanReason reason) {
        abandon();
        queue.reopen(capacity);
        handled = queue.serial();
        tree.clear();
        tasks.clear();
        deferred.clear();
        listings.clear();
        begin(new Scan(new Place(volume, "/"), reason, files.root), new Dir(files.root, null, ""));
    }

    private void begin(Scan scan, Dir top) {
        tree.add(top);
        scan.outstanding = 1;
        sink.accept(new Observation.ScanStarted(now(), scan.place, scan.reason));
        tasks.addFirst(new Task(scan, top));
    }

    /** Scans under way end as they are. */
    private void abandon() {
        Set<Scan> active = new LinkedHashSet<>();
        tasks.forEach(task -> active.add(task.scan()));
        deferred.forEach(task -> active.add(task.scan()));
        active.addAll(listings.scans());
        active.forEach(scan -> sink.accept(new Observation.ScanFinished(now(), scan.place, scan.reason, false)));
    }

    boolean hasWork() {
        return !tasks.isEmpty() || !deferred.isEmpty() || !listings.isEmpty() || !queue.isEmpty();
    }

    /** Looks at a directory, or else handles an event. */
    void step() {
        Task task = tasks.pollFirst();
        if (task != null) {
            look(task);
            return;
        }
        Event event = queue.poll();
        if (event != null) {
            handled = event.serial();
            handling = event;
            handle(event);
            handling = null;
        } else {
            handled = queue.serial();
        }
        listings.tell(handled);
        tasks.addAll(deferred);
        deferred.clear();
    }

    // Looking

    private void look(Task task) {
        Dir dir = task.dir;
        Dir watched = tree.of(dir.node);
        boolean elsewhere = watched != null && watched != dir;
        if (dir.isGone() || (elsewhere && watched != null && watched.isAt(dir.parent, dir.name))) {
            release(task.scan);
            return;
        }
        Name there = files.find(dir.parent == null ? "/" : SourceTree.path(dir));
        if (elsewhere || there == null || there.node != dir.node) {
            putOff(task);
            return;
        }
        tree.add(dir);
        list(task.scan, dir);
    }

    /** The path leads elsewhere, or the directory is still watched where it was: the queue tells why. */
    private void putOff(Task task) {
        if (queue.isEmpty()) {
            release(task.scan);
        } else {
            deferred.add(task);
        }
    }

    private void list(Scan scan, Dir dir) {
        queue.watch(dir.node);
        dir.opened = true;
        if (dir.node == files.root) {
            sink.accept(new Found(now(), scan.place, files.stat(files.root), scan.reason, Closing.BY_STREAM));
        }
        for (Name name : List.copyOf(dir.node.entries().values())) {
            Dir known = tree.of(name.node);
            if (name.node.isDirectory() && (known == null || !known.isAt(dir, name.name))) {
                Dir found = new Dir(name.node, dir, name.name);
                if (known == null) {
                    tree.add(found);
                }
                scan.outstanding++;
                tasks.addFirst(new Task(scan, found));
            }
        }
        listings.list(scan, dir, queue.serial());
        listings.tell(handled);
    }

    private void release(Scan scan) {
        if (--scan.outstanding > 0) {
            return;
        }
        sink.accept(new Observation.ScanFinished(now(), scan.place, scan.reason, true));
        if (!scan.reason.compares()) {
            return;
        }
        initialScanOver = true;
        if (repairing) {
            repairing = false;
            sink.accept(new Observation.GapClosed(now(), scan.place, "overflow"));
        }
    }

    // Events

    private void handle(Event event) {
        switch (event.kind()) {
            case OVERFLOW -> {
                files.lost();
                if (!repairing) {
                    sink.accept(new Observation.GapOpened(now(), new Place(volume, "/"), "overflow", "simulated"));
                }
                repairing = true;
                begin(initialScanOver ? ScanReason.REPAIR : ScanReason.START);
            }
            case MARK -> {
                Order order = new Order(event.serial(), queue.drain());
                sink.accept(new Observation.MarkSeen(now(), volume, event.name(), order));
            }
            default -> change(event);
        }
    }

    private void change(Event event) {
        Node directory = event.directory();
        Dir dir = tree.of(directory);
        if (directory == null || dir == null) {
            return;
        }
        Place place = tree.place(dir, event.name());
        readBehind = queue.drain();
        FileStat stat = read(dir, event.name());
        Dir from = tree.of(event.from());
        if (from != null) {
            listings.meet(from, event.fromName(), event, true);
        }
        listings.meet(dir, event.name(), event, false);
        switch (event.kind()) {
            case MOVE -> moved(event, from, dir, place, stat);
            case MOVED_FROM -> left(event, place);
            case DELETE -> {
                Dir deleted = tree.of(event.about());
                if (deleted != null) {
                    tree.forget(deleted);
                }
                tell("deleted", place, null, event, null);
            }
            case CREATE -> came("created", ScanReason.CREATED_DIRECTORY, event, dir, place, stat);
            case MOVED_TO -> came("moved-in", ScanReason.MOVED_IN_DIRECTORY, event, dir, place, stat);
            case MODIFY -> tell("modified", place, null, event, stat);
            case CLOSE_WRITE -> tell("written", place, null, event, stat);
            default -> tell("attributes-changed", place, null, event, stat);
        }
    }

    private @Nullable FileStat read(Dir dir, String entry) {
        Name name = dir.node.entries().get(entry);
        return name == null ? null : files.stat(name.node);
    }

    private void tell(String type, Place place, @Nullable Place previous, Event event, @Nullable FileStat stat) {
        Order order = new Order(event.serial(), readBehind);
        sink.accept(new Change(now(), type, place, previous, event.ofDirectory(), stat, order));
    }

    private void came(String type, ScanReason reason, Event event, Dir dir, Place place, @Nullable FileStat stat) {
        tell(type, place, null, event, stat);
        Node node = event.about();
        if (node == null || !event.ofDirectory()) {
            return;
        }
        Dir known = tree.of(node);
        if (known == null) {
            begin(new Scan(place, reason, node), new Dir(node, dir, event.name()));
        } else if (!known.isAt(dir, event.name())) {
            tree.relink(known, dir, event.name());
        } else if (reason == ScanReason.MOVED_IN_DIRECTORY) {
            tree.forget(known); // a listing was ahead of the event
            begin(new Scan(place, reason, node), new Dir(node, dir, event.name()));
        }
    }

    private void moved(Event event, @Nullable Dir from, Dir dir, Place place, @Nullable FileStat stat) {
        if (from == null) {
            came("moved-in", ScanReason.MOVED_IN_DIRECTORY, event, dir, place, stat);
            return;
        }
        tell("moved", place, tree.place(from, event.fromName()), event, stat);
        Node node = event.about();
        Dir moved = tree.of(node);
        if (moved != null) {
            tree.relink(moved, dir, event.name());
        } else if (node != null && event.ofDirectory()) {
            begin(new Scan(place, ScanReason.MOVED_IN_DIRECTORY, node), new Dir(node, dir, event.name()));
        }
    }

    /** Into a directory that was not watched yet; where that has been listed, it may have been found there. */
    private void left(Event event, Place place) {
        Dir moved = tree.of(event.about());
        List<Found> maybe = List.of();
        if (!event.ofDirectory()) {
            maybe = listings.maybeHere(event.name());
        } else if (moved != null && moved.opened) {
            maybe = listings.relinkFound(moved);
        }
        if (!maybe.isEmpty()) {
            sink.accept(new Observation.Left(now(), place, maybe));
            return;
        }
        if (moved != null) {
            tree.forget(moved);
        }
        tell("moved-out", place, null, event, null);
    }
}
