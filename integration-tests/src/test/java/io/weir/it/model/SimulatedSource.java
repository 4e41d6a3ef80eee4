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
import io.weir.it.model.KernelQueue.Kind;
import io.weir.it.model.Node.Name;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the kernel's queue as the agent for Linux does: its tree is as of the last event handled, and the disk is ahead. A
 * directory is watched, then listed; what was found is told once all has been handled that was queued by then, or before the
 * first event about it.
 */
final class SimulatedSource {
    /** A directory as the source knows it. */
    private static final class Dir {
        final Node node;

        @Nullable
        Dir parent;

        String name;

        Dir(Node node, @Nullable Dir parent, String name) {
            this.node = node;
            this.parent = parent;
            this.name = name;
        }
    }

    private static final class Scan {
        final Place place;
        final ScanReason reason;
        int outstanding;

        Scan(Place place, ScanReason reason) {
            this.place = place;
            this.reason = reason;
        }
    }

    private record Task(Scan scan, Dir dir) {}

    private record Listing(Scan scan, Dir dir, long upTo, Map<String, Found> entries) {}

    private final String volume;
    private final SimulatedFiles files;
    private final KernelQueue queue;
    private final Consumer<Observation> sink;
    private final Map<Node, Dir> tree = new LinkedHashMap<>();
    private final Deque<Task> tasks = new ArrayDeque<>();
    private final List<Task> deferred = new ArrayList<>();
    private final List<Listing> listings = new ArrayList<>();
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
        Dir root = new Dir(files.root, null, "");
        tree.put(files.root, root);
        Scan scan = new Scan(new Place(volume, "/"), reason);
        scan.outstanding = 1;
        sink.accept(new Observation.ScanStarted(now(), scan.place, reason));
        tasks.add(new Task(scan, root));
    }

    /** Scans under way end as they are. */
    private void abandon() {
        Set<Scan> active = new LinkedHashSet<>();
        tasks.forEach(task -> active.add(task.scan()));
        deferred.forEach(task -> active.add(task.scan()));
        listings.forEach(listing -> active.add(listing.scan()));
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
        tellListed();
        tasks.addAll(deferred);
        deferred.clear();
    }

    // Looking

    private void look(Task task) {
        Name there = files.find(path(task.dir).isEmpty() ? "/" : path(task.dir));
        boolean expected = there != null && there.node == task.dir.node;
        if (!expected) {
            if (tree.get(task.dir.node) != task.dir || queue.isEmpty()) {
                release(task.scan); // gone
            } else {
                deferred.add(task);
            }
            return;
        }
        queue.watch(task.dir.node);
        Scan scan = task.scan;
        Map<String, Found> found = new LinkedHashMap<>();
        if (task.dir.node == files.root) {
            sink.accept(new Found(now(), scan.place, files.stat(files.root), scan.reason, Closing.BY_STREAM));
        }
        List<Name> below = new ArrayList<>(task.dir.node.entries().values());
        for (Name name : below) {
            found.put(
                    name.name,
                    new Found(now(), new Place(volume, ""), files.stat(name.node), scan.reason, closing(scan, name)));
            if (name.node.isDirectory()) {
                Dir known = tree.get(name.node);
                if (known == null) {
                    lookLater(scan, new Dir(name.node, task.dir, name.name));
                }
            }
        }
        listings.add(new Listing(scan, task.dir, queue.serial(), found));
        tellListed();
    }

    private void lookLater(Scan scan, Dir child) {
        tree.put(child.node, child);
        scan.outstanding++;
        tasks.addFirst(new Task(scan, child));
    }

    private static Closing closing(Scan scan, Name name) {
        boolean unsure = !scan.reason.compares() && name.node.size == 0;
        return unsure ? Closing.UNKNOWN : Closing.BY_STREAM;
    }

    private void tellListed() {
        for (Listing listing : List.copyOf(listings)) {
            if (listing.upTo <= handled) {
                List.copyOf(listing.entries.keySet()).forEach(name -> tellFound(listing, name, false));
                listings.remove(listing);
                release(listing.scan);
            }
        }
    }

    private void tellFound(Listing listing, String name, boolean leaving) {
        Found found = listing.entries.remove(name);
        if (found == null || tree.get(listing.dir.node) != listing.dir) {
            return;
        }
        Place place = place(listing.dir, name);
        FileStat stat = found.stat();
        sink.accept(new Found(now(), place, stat, found.reason(), found.closing(), leaving));
        Name there = listing.dir.node.entries().get(name);
        if (there != null && there.node.isDirectory() && !tree.containsKey(there.node)) {
            lookLater(listing.scan, new Dir(there.node, listing.dir, name));
        }
        boolean quiet =
                there != null && there.node.writers == 0 && there.node.id().equals(stat.fileId());
        if (!found.reason().compares() && found.closing() == Closing.BY_STREAM && quiet && !stat.isDirectory()) {
            sink.accept(new Observation.FoundClosed(now(), place, stat));
        }
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
            case MARK -> sink.accept(new Observation.MarkSeen(now(), volume, event.name()));
            default -> change(event);
        }
    }

    private void change(Event event) {
        Node directory = event.directory();
        Dir dir = directory == null ? null : tree.get(directory);
        if (directory == null || dir == null) {
            return;
        }
        Place place = place(dir, event.name());
        Name name = directory.entries().get(event.name());
        readBehind = queue.drain();
        FileStat stat = name == null ? null : files.stat(name.node);
        foundBefore(event, dir);
        switch (event.kind()) {
            case MOVE -> moved(event, dir, place, stat, name);
            case MOVED_FROM -> left(event, dir, place);
            case DELETE -> {
                tree.values().removeIf(child -> child.parent == dir && child.name.equals(event.name()));
                tell("deleted", place, null, event, null);
            }
            case CREATE -> came("created", ScanReason.CREATED_DIRECTORY, event, dir, place, stat, name);
            case MOVED_TO -> came("moved-in", ScanReason.MOVED_IN_DIRECTORY, event, dir, place, stat, name);
            case MODIFY -> tell("modified", place, null, event, stat);
            case CLOSE_WRITE -> tell("written", place, null, event, stat);
            default -> tell("attributes-changed", place, null, event, stat);
        }
    }

    /** What a listing found of the name comes first, unless the event tells that it came after the watch was set. */
    private void foundBefore(Event event, Dir dir) {
        for (Listing listing : List.copyOf(listings)) {
            boolean leaves = event.kind() == Kind.MOVE && listing.dir.node == event.from();
            String name = leaves ? event.fromName() : listing.dir == dir ? event.name() : null;
            if (name == null) {
                continue;
            }
            boolean came = !leaves
                    && (event.kind() == Kind.CREATE || event.kind() == Kind.MOVED_TO || event.kind() == Kind.MOVE);
            if (came) {
                listing.entries.remove(name);
            } else {
                boolean leaving = leaves || event.kind() == Kind.DELETE || event.kind() == Kind.MOVED_FROM;
                tellFound(listing, name, leaving);
            }
        }
    }

    private void tell(String type, Place place, @Nullable Place previous, Event event, @Nullable FileStat stat) {
        Order order = new Order(event.serial(), readBehind);
        sink.accept(new Change(now(), type, place, previous, event.ofDirectory(), stat, order));
    }

    private void came(
            String type,
            ScanReason reason,
            Event event,
            Dir dir,
            Place place,
            @Nullable FileStat stat,
            @Nullable Name name) {
        tell(type, place, null, event, stat);
        Node node = name == null ? event.about() : name.node;
        if (event.ofDirectory() && node != null && node.isDirectory()) {
            scanNew(node, new Dir(node, dir, event.name()), place, reason);
        }
    }

    private void scanNew(Node node, Dir dir, Place place, ScanReason reason) {
        if (tree.containsKey(node)) {
            Dir known = tree.get(node);
            known.parent = dir.parent;
            known.name = dir.name;
            return;
        }
        tree.put(node, dir);
        Scan scan = new Scan(place, reason);
        scan.outstanding = 1;
        sink.accept(new Observation.ScanStarted(now(), place, reason));
        tasks.addFirst(new Task(scan, dir));
    }

    private void moved(Event event, Dir dir, Place place, @Nullable FileStat stat, @Nullable Name name) {
        Node fromNode = event.from();
        Dir from = fromNode == null ? null : tree.get(fromNode);
        if (from == null) {
            came("moved-in", ScanReason.MOVED_IN_DIRECTORY, event, dir, place, stat, name);
            return;
        }
        Place previous = place(from, event.fromName());
        if (event.ofDirectory()) {
            for (Dir child : tree.values()) {
                if (child.parent == from && child.name.equals(event.fromName())) {
                    child.parent = dir;
                    child.name = event.name();
                }
            }
        }
        tell("moved", place, previous, event, stat);
    }

    /** Into a directory that was not watched yet; where that has been listed, it may have been found there. */
    private void left(Event event, Dir dir, Place place) {
        List<Found> maybe = new ArrayList<>();
        for (Listing listing : listings) {
            listing.entries.forEach((name, found) -> maybe.add(new Found(
                    found.observedAt(), place(listing.dir, name), found.stat(), found.reason(), found.closing())));
        }
        sink.accept(new Observation.Left(now(), place, maybe));
        if (event.ofDirectory()) {
            for (Dir child : List.copyOf(tree.values())) {
                if (child.parent == dir && child.name.equals(event.name()) && !reattach(child)) {
                    forget(child);
                }
            }
        }
    }

    private void forget(Dir gone) {
        tree.remove(gone.node);
        queue.unwatch(gone.node);
        List.copyOf(tree.values()).stream().filter(d -> d.parent == gone).forEach(this::forget);
    }

    /** A watch stays with a directory wherever it goes; where it is now, a listing shows. */
    private boolean reattach(Dir gone) {
        for (Listing listing : listings) {
            for (Name name : listing.dir.node.entries().values()) {
                if (name.node == gone.node) {
                    gone.parent = listing.dir;
                    gone.name = name.name;
                    return true;
                }
            }
        }
        return false;
    }

    private String path(Dir dir) {
        return dir.parent == null ? "" : path(dir.parent) + "/" + dir.name;
    }

    private Place place(Dir dir, String name) {
        return new Place(volume, path(dir) + "/" + name);
    }
}
