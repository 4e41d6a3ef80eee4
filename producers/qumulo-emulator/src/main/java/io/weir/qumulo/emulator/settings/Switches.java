package io.weir.qumulo.emulator.settings;

import java.time.Duration;

/**
 * What the documents leave open, or clusters are set to. Each may be changed at any time; streams go by what is set when they
 * write their next line, the content type excepted. Safe for all threads.
 */
public final class Switches {
    private volatile String contentType = "text/event-source";
    private volatile String lineEnd = "\n";
    private volatile int chunkBytes;
    private volatile int eventsInArray = Integer.MAX_VALUE;
    private volatile boolean spine = true;
    private volatile boolean spineFromRoot;
    private volatile boolean unknownKey;
    private volatile boolean unknownType;
    private volatile Duration keepalive = Duration.ofSeconds(10);
    private volatile int queueLimit = 100_000;
    private volatile OverflowForm overflowForm = OverflowForm.NEXT_REQUEST;
    private volatile boolean endAfterSelfRemoved;
    private volatile RecursiveMode recursiveMode = RecursiveMode.ENABLED;
    private volatile boolean parentTimes;
    private volatile boolean atimeTracking;
    private volatile boolean jsonUnauthorized;
    private volatile boolean streamsEndWithToken;
    private volatile int pageLimit = 1000;
    private volatile Duration snapshotDeletion = Duration.ofSeconds(1);

    /** Of streams that begin from now on: {@code text/event-source}, or the standard's {@code text/event-stream}. */
    public Switches contentType(String type) {
        contentType = type;
        return this;
    }

    public String contentType() {
        return contentType;
    }

    /** Lines end with {@code \r\n} instead of {@code \n}. */
    public Switches crlf(boolean on) {
        lineEnd = on ? "\r\n" : "\n";
        return this;
    }

    public String lineEnd() {
        return lineEnd;
    }

    /** Each so many bytes are a chunk and a TCP segment of their own, wherever that cuts lines and characters; 0: whole lines. */
    public Switches chunkBytes(int bytes) {
        chunkBytes = bytes;
        return this;
    }

    public int chunkBytes() {
        return chunkBytes;
    }

    /** At most so many events of one action are told in one array; the others follow in arrays of their own. At least 1. */
    public Switches eventsInArray(int count) {
        eventsInArray = Math.max(1, count);
        return this;
    }

    public int eventsInArray() {
        return eventsInArray;
    }

    /** Whether events have a {@code spine}. */
    public Switches spine(boolean on) {
        spine = on;
        return this;
    }

    public boolean spine() {
        return spine;
    }

    /** Whether a spine begins with the root instead of the watched directory. */
    public Switches spineFromRoot(boolean on) {
        spineFromRoot = on;
        return this;
    }

    public boolean spineFromRoot() {
        return spineFromRoot;
    }

    /** Adds a key that no document has to each event. */
    public Switches unknownKey(boolean on) {
        unknownKey = on;
        return this;
    }

    public boolean unknownKey() {
        return unknownKey;
    }

    /** Adds an event of a type that no document has to each array. */
    public Switches unknownType(boolean on) {
        unknownType = on;
        return this;
    }

    public boolean unknownType() {
        return unknownType;
    }

    /** After so much silence a keepalive comes. A change takes effect after the next line. */
    public Switches keepalive(Duration period) {
        keepalive = period;
        return this;
    }

    public Duration keepalive() {
        return keepalive;
    }

    /** So many events wait for a watcher that does not read; the next one makes it miss events. Of streams that begin from now on. */
    public Switches queueLimit(int events) {
        queueLimit = events;
        return this;
    }

    public int queueLimit() {
        return queueLimit;
    }

    public Switches overflowForm(OverflowForm form) {
        overflowForm = form;
        return this;
    }

    public OverflowForm overflowForm() {
        return overflowForm;
    }

    /** Whether a stream ends after {@code self_removed}; otherwise only keepalives come. */
    public Switches endAfterSelfRemoved(boolean on) {
        endAfterSelfRemoved = on;
        return this;
    }

    public boolean endAfterSelfRemoved() {
        return endAfterSelfRemoved;
    }

    public Switches recursiveMode(RecursiveMode mode) {
        recursiveMode = mode;
        return this;
    }

    public RecursiveMode recursiveMode() {
        return recursiveMode;
    }

    /** Whether it is told that a directory's own modification time changes with its entries. */
    public Switches parentTimes(boolean on) {
        parentTimes = on;
        return this;
    }

    public boolean parentTimes() {
        return parentTimes;
    }

    /** Whether reading data and listing set the access time, unless they say {@code skip-atime-update=true}. */
    public Switches atimeTracking(boolean on) {
        atimeTracking = on;
        return this;
    }

    public boolean atimeTracking() {
        return atimeTracking;
    }

    /** Whether the answer 401 to a bad token has a JSON body; otherwise it has none. */
    public Switches jsonUnauthorized(boolean on) {
        jsonUnauthorized = on;
        return this;
    }

    public boolean jsonUnauthorized() {
        return jsonUnauthorized;
    }

    /** Whether streams end when the token they were opened with does. */
    public Switches streamsEndWithToken(boolean on) {
        streamsEndWithToken = on;
        return this;
    }

    public boolean streamsEndWithToken() {
        return streamsEndWithToken;
    }

    /** No page of a list is longer, whatever is asked for. At least 1. */
    public Switches pageLimit(int entries) {
        pageLimit = Math.max(1, entries);
        return this;
    }

    public int pageLimit() {
        return pageLimit;
    }

    /** So long deleted snapshots stay listed, by the cluster's clock. */
    public Switches snapshotDeletion(Duration duration) {
        snapshotDeletion = duration;
        return this;
    }

    public Duration snapshotDeletion() {
        return snapshotDeletion;
    }
}
