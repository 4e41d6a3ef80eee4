package io.weir.qumulo.emulator.fault;

import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.http.HttpRequest;
import io.weir.qumulo.emulator.notify.StreamEnd;
import io.weir.qumulo.emulator.notify.Watchers;
import io.weir.qumulo.emulator.settings.Accounts;
import io.weir.qumulo.emulator.settings.Switches;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a cluster, at any time. Safe for all threads. */
public final class Faults {
    private final Watchers watchers;
    private final Accounts accounts;
    private final Switches switches;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger lostRequests = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private final Queue<Answer> next = new ArrayDeque<>();
    private final Map<String, Answer> always = new ConcurrentHashMap<>();
    private volatile Network network = new Network() {};

    /** What faults of the connections themselves are done by. */
    public interface Network {
        /** Resets all connections. */
        default void reset() {}

        /** Whether anybody can connect. */
        default void listening(boolean on) {}
    }

    public Faults(Watchers watchers, Accounts accounts, Switches switches) {
        this.watchers = watchers;
        this.accounts = accounts;
        this.switches = switches;
    }

    /** Made once the server is there. */
    public void connect(Network made) {
        network = made;
    }

    /** Ends all streams by RST. */
    public void resetStreams() {
        watchers.endAll(StreamEnd.RESET);
    }

    /** Ends all streams in order. */
    public void endStreams() {
        watchers.endAll(StreamEnd.CLEAN);
    }

    /** Ends all streams in the middle of a data line, in order as far as HTTP goes. */
    public void endStreamsInMidLine() {
        watchers.endAll(StreamEnd.HALF_LINE);
    }

    /** Ends all streams in the middle of a data line and of the HTTP answer. */
    public void cutStreams() {
        watchers.endAll(StreamEnd.CUT);
    }

    /** Makes all streams miss events, as if their clients had been too slow. */
    public void overflowStreams() {
        watchers.overflowAll();
    }

    /** While it is on, streams send nothing, not even keepalives. Events wait, and overflow when they are too many. */
    public void silence(boolean on) {
        watchers.silence(on);
    }

    /** Resets all connections, streams and those that are idle. */
    public void resetConnections() {
        network.reset();
    }

    /** The next connections are reset at once. */
    public void refuseConnections(int count) {
        refusals.addAndGet(count);
    }

    /** Whether the port is open; connections that there are stay. */
    public void listening(boolean on) {
        network.listening(on);
    }

    /** Makes all tokens invalid. */
    public void expireTokens() {
        accounts.expireTokens();
        if (switches.streamsEndWithToken()) {
            watchers.endThoseWithToken(token -> !accounts.isValid(token), StreamEnd.CLEAN);
        }
    }

    /** The next requests are answered by 503. */
    public void unavailable(int count) {
        answerNext(count, Answer.empty(503));
    }

    /** The next requests are answered by 401, whatever their tokens. */
    public void unauthorized(int count) {
        answerNext(count, Answer.empty(401));
    }

    /** The connections of the next requests are reset before anything is done. */
    public void loseRequests(int count) {
        lostRequests.addAndGet(count);
    }

    /** The next requests are carried out, but their connections are reset instead of an answer. */
    public void loseAnswers(int count) {
        lostAnswers.addAndGet(count);
    }

    /** The next requests are answered so, whatever they are; after what was asked for before. */
    public void answerNext(int count, Answer answer) {
        synchronized (next) {
            for (int i = 0; i < count; i++) {
                next.add(answer);
            }
        }
    }

    /** All requests of a path (as it is sent, without the query) are answered so, from now on. */
    public void answerAlways(String path, Answer answer) {
        always.put(path, answer);
    }

    /** Takes back what was asked for but has not happened yet, silence included. */
    public void clear() {
        synchronized (next) {
            next.clear();
        }
        always.clear();
        refusals.set(0);
        lostRequests.set(0);
        lostAnswers.set(0);
        silence(false);
        listening(true);
    }

    /** For the server: whether a connection is to be reset at once. */
    public boolean takeRefusal() {
        return take(refusals);
    }

    /** For the server: what to answer instead of carrying the request out. */
    public @Nullable Answer insteadOf(HttpRequest request) {
        if (take(lostRequests)) {
            return new Answer.Reset();
        }
        synchronized (next) {
            Answer answer = next.poll();
            return answer != null ? answer : always.get(request.path());
        }
    }

    /** For the server: what becomes of an answer. */
    public Answer fateOf(Answer answer) {
        return take(lostAnswers) ? new Answer.Reset() : answer;
    }

    private static boolean take(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
}
