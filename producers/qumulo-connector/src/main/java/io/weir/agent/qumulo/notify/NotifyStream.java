package io.weir.agent.qumulo.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.agent.qumulo.notify.NotifyLine.Events;
import io.weir.agent.qumulo.notify.NotifyLine.Lost;
import io.weir.agent.qumulo.notify.NotifyLine.Watching;
import io.weir.agent.qumulo.notify.StreamEnd.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * One connection to Change Notify, read by the thread that calls {@link #run}; {@link #stop} may be called by any. It never
 * waits for whoever takes the events, so that the cluster does not cut it off: the taker must not block.
 *
 * <p>Reads both content types, {@code text/event-source} (which Qumulo sends) and {@code text/event-stream} (which it should
 * be), so it does not use a library for server-sent events, which would refuse the first.
 */
public final class NotifyStream {
    /** The cluster sends a keepalive more often than this. */
    public static final Duration SILENCE = Duration.ofSeconds(75);

    private static final long LONGEST_LINE = 64L << 20;
    private static final JsonMapper JSON = new JsonMapper();

    /** Takes what the stream tells, on its thread. */
    public interface Taker {
        /** From here on, all that happens is told. */
        void watching();

        /**
         * Events came.
         *
         * @return false if there is no room for them: the stream then ends, since it must not be kept waiting
         */
        boolean take(List<NotifyEvent> events);
    }

    private final Call call;
    private final NotifyParser parser = new NotifyParser();
    private volatile boolean stopped;

    /**
     * Makes one; nothing is sent before {@link #run}.
     *
     * @param http for streams alone: no call time-out, and a read time-out of {@link #SILENCE}
     * @param url with recursive and filter
     */
    public NotifyStream(OkHttpClient http, String url, String token) {
        this.call = http.newCall(new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer " + token)
                .build());
    }

    /** A client for streams. */
    public static OkHttpClient client(OkHttpClient.Builder builder, Duration silence) {
        return builder.connectTimeout(Duration.ofSeconds(5))
                .readTimeout(silence)
                .callTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
    }

    /** Connects and reads until the end. */
    public StreamEnd run(Taker taker) {
        try (Response response = call.execute()) {
            return response.code() == 200 ? read(response.body().source(), taker) : refused(response);
        } catch (IOException e) {
            return stopped ? stoppedEnd() : new StreamEnd(Reason.UNAVAILABLE, "no connection: " + e);
        }
    }

    /** Ends it from outside. Idempotent. */
    public void stop() {
        stopped = true;
        call.cancel();
    }

    private StreamEnd read(BufferedSource source, Taker taker) {
        try {
            while (true) {
                NotifyLine line = parser.parse(source.readUtf8LineStrict(LONGEST_LINE));
                if (line instanceof Events events) {
                    if (!taker.take(events.events())) {
                        return new StreamEnd(Reason.LOST, "no more room for events, since they could not be delivered");
                    }
                } else if (line instanceof Watching) {
                    taker.watching();
                } else if (line instanceof Lost lost) {
                    return new StreamEnd(Reason.LOST, lost.why());
                }
            }
        } catch (IOException e) {
            return stopped ? stoppedEnd() : broken(source, e);
        }
    }

    private static StreamEnd broken(BufferedSource source, IOException e) {
        if (e instanceof SocketTimeoutException) {
            return new StreamEnd(Reason.SILENT, "not even a keepalive came in time: " + e.getMessage());
        }
        if (e instanceof EOFException && source.getBuffer().size() == 0) {
            return new StreamEnd(Reason.CLOSED, "the cluster closed the stream");
        }
        if (e instanceof EOFException && source.getBuffer().size() > LONGEST_LINE) {
            return new StreamEnd(Reason.LOST, "a line of more than " + LONGEST_LINE + " bytes");
        }
        return new StreamEnd(Reason.CUT, "the stream broke off: " + e);
    }

    private static StreamEnd refused(Response response) throws IOException {
        BufferedSource source = response.body().source();
        source.request(1 << 16);
        String body = source.getBuffer().readUtf8();
        String why = "HTTP " + response.code() + ": " + described(body);
        if (response.code() == 401) {
            return new StreamEnd(Reason.UNAUTHORIZED, why);
        }
        if (body.contains("missed_events")) {
            return new StreamEnd(Reason.LOST, why);
        }
        boolean later = response.code() == 429 || response.code() >= 500;
        return new StreamEnd(later ? Reason.UNAVAILABLE : Reason.REFUSED, why);
    }

    private static String described(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            String error = json.path("error_class").asText("");
            return error.isEmpty()
                    ? body
                    : error + ": " + json.path("description").asText("");
        } catch (IOException e) {
            return body;
        }
    }

    private static StreamEnd stoppedEnd() {
        return new StreamEnd(Reason.STOPPED, "stopped");
    }
}
