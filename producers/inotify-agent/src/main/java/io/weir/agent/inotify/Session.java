package io.weir.agent.inotify;

import io.weir.agent.source.Observation.ScanReason;
import io.weir.posix.Errno;
import io.weir.posix.Inotify;
import io.weir.posix.PosixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/** The life of one inotify descriptor: its capture, its tree, its scans. Ends with the first lost event. */
final class Session {
    private static final long NOWHERE = -1;
    private static final int MOST_CATCH_UPS = 10;
    private static final long CATCH_UP_BYTES = 1 << 18;

    private static final long TICK_NANOS = 1_000_000_000;
    private static final long IDLE_TICK_NANOS = 5 * TICK_NANOS;

    private final Roots roots;
    private final Capture capture;
    private final WatchTree tree = new WatchTree();
    private final Gaps gaps;
    private final Watches watches;
    private final Scanner scanner;
    private final Listings listings;
    private final LiveEvents events;
    private final Polls polls;
    private long ticked = System.nanoTime();
    private long catchUpTo = NOWHERE;
    private int catchUps;

    private Session(
            Capture capture,
            Roots roots,
            InotifySettings settings,
            Outgoing outgoing,
            Map<WatchRoot, Long> unmountedDevices,
            Map<Integer, String> marks) {
        this.capture = capture;
        roots.all().forEach(tree::addRoot);
        this.roots = roots;
        Polling polling = settings.polling();
        gaps = new Gaps(tree, outgoing, unmountedDevices);
        watches = new Watches(tree, capture, new WatchLimit(tree, gaps, polling.interval()), settings.readEvents());
        scanner = new Scanner(tree, roots, watches, outgoing, gaps);
        listings = scanner.listings();
        polls = new Polls(tree, roots, scanner, watches, gaps, polling);
        events = new LiveEvents(roots, tree, watches, scanner, outgoing, gaps, capture, marks);
    }

    /** Watches the marks directories; nothing else yet. */
    static Session open(
            Capture capture,
            Roots roots,
            InotifySettings settings,
            Outgoing outgoing,
            Map<WatchRoot, Long> unmountedDevices)
            throws IOException {
        Map<Integer, String> marks = new HashMap<>();
        for (Map.Entry<String, Path> entry : settings.marks().entrySet()) {
            Files.createDirectories(entry.getValue());
            int bits = Inotify.IN_MOVED_TO | Inotify.IN_ONLYDIR;
            marks.put(capture.add(entry.getValue().toString(), bits), entry.getKey());
        }
        return new Session(capture, roots, settings, outgoing, unmountedDevices, marks);
    }

    WatchTree tree() {
        return tree;
    }

    Capture capture() {
        return capture;
    }

    Gaps gaps() {
        return gaps;
    }

    /** Scans the roots one after the other. */
    void scanRoots(ScanReason reason, Consumer<RootNode> whenScanned, Runnable whenFinished) {
        scanNext(tree.roots().iterator(), reason, whenScanned, whenFinished);
    }

    private void scanNext(
            Iterator<RootNode> rest, ScanReason reason, Consumer<RootNode> whenScanned, Runnable whenFinished) {
        if (!rest.hasNext()) {
            polls.begin();
            whenFinished.run();
            return;
        }
        RootNode root = rest.next();
        scanner.begin(root, reason, () -> {
            whenScanned.accept(root);
            scanNext(rest, reason, whenScanned, whenFinished);
        });
    }

    /**
     * Does the next small piece of work. Directories come first: the earlier they are watched, the less has to be found
     * by listing.
     *
     * @return false if there is nothing to do until events come
     */
    boolean step() throws LostEventsException {
        if (scanner.hasWork() && !listings.isFull()) {
            scanner.step();
            return true;
        }
        if (listings.needPosition() || scanner.tasks().needPosition()) {
            long position = capture.drain();
            listings.waitFor(position);
            scanner.tasks().waitFor(position);
        }
        EventQueue queue = capture.queue();
        queue.settle();
        listings.verify(queue.processed());
        scanner.closings().tell(queue.processed());
        // what waits for events up to here comes before later ones
        if (listings.tellFirst(queue.processed()) || scanner.tasks().resume(queue.processed())) {
            return true;
        }
        RawEvent event = queue.next();
        if (event == null) {
            return false;
        }
        events.handle(event);
        return true;
    }

    /** Whether events are queued that are not yet handled, few enough to wait for them. */
    boolean isBehind() {
        EventQueue queue = capture.queue();
        catchUpTo = capture.drain();
        return queue.processed() < catchUpTo && queue.waitingBytes() < CATCH_UP_BYTES && ++catchUps <= MOST_CATCH_UPS;
    }

    /** Whether the events that {@link #isBehind} saw are still not all handled. */
    boolean isCatchingUp() {
        return catchUpTo != NOWHERE && capture.queue().processed() < catchUpTo;
    }

    /** Whether all events have been handled that {@link #isBehind} saw, if it was asked. */
    boolean hasSeenAll() {
        return capture.queue().processed() >= catchUpTo;
    }

    void caughtUp() {
        catchUpTo = NOWHERE;
        catchUps = 0;
    }

    /** Waits for events, at most until the next {@link #tick} is due. */
    void await() throws InterruptedException {
        long millis = Math.max(1, untilTick() / 1_000_000);
        capture.queue().await(scanner.tasks().anyDeferred() ? Math.min(millis, 10) : millis);
    }

    /** To be called when {@link #step} found nothing to do. */
    void idle() {
        gaps.settleUnmounts(watches);
    }

    /** Nanoseconds until {@link #tick} is due. */
    long untilTick() {
        long now = System.nanoTime();
        long rest = ticked + (gaps.isEmpty() ? IDLE_TICK_NANOS : TICK_NANOS) - now;
        return scanner.closings().untilDue(now, polls.untilDue(now, rest));
    }

    /** Looks whether gaps can be mended, and what is to be polled. */
    void tick() {
        ticked = System.nanoTime();
        roots.followOwnOutput();
        gaps.tick(scanner, watches);
        polls.tick(ticked);
        scanner.closings().tick(ticked, watches::drain);
    }

    /** Ends all watches. */
    void close() {
        scanner.abandon();
        capture.close();
    }

    /** Why events could not be had at all, for people. */
    static IllegalStateException cannotOpen(IOException e) {
        boolean limit = e instanceof PosixException p && p.errno() == Errno.EMFILE;
        String reason = String.valueOf(e.getMessage());
        return new IllegalStateException(limit ? Limits.noInstance(reason) : "cannot watch: " + reason, e);
    }
}
