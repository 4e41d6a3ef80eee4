package io.weir.agent.qumulo;

import io.weir.agent.qumulo.CheckReport.Finding;
import io.weir.agent.qumulo.CheckReport.Level;
import io.weir.agent.qumulo.notify.NotifyStream;
import io.weir.agent.qumulo.notify.StreamEnd;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.RestClient;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.Response;

/** Tries a stream: how soon it tells, how much comes, and how far the cluster's clock is from ours. For one use. */
final class StreamProbe {
    private static final Duration WATCHING = Duration.ofSeconds(10);
    private static final Duration BACK = Duration.ofSeconds(10);
    private static final Duration LISTENING = Duration.ofSeconds(2);
    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(5);
    private static final Duration EXPIRES_SOON = Duration.ofDays(30);

    private final QumuloClient client;
    private final List<Finding> findings = new ArrayList<>();

    StreamProbe(QumuloClient client) {
        this.client = client;
    }

    /** Puts one file into the marks directory and deletes it. */
    List<Finding> run() throws InterruptedException {
        try {
            certificate();
            stream();
        } catch (IOException e) {
            add(Level.FAILED, "stream", String.valueOf(e.getMessage()));
        }
        return findings;
    }

    private void certificate() throws IOException {
        RestClient rest = client.rest();
        Request request = new Request.Builder()
                .url(rest.preferredEndpoint()
                        .newBuilder()
                        .addPathSegments("v1/version")
                        .build())
                .build();
        try (Response response = rest.http().build().newCall(request).execute()) {
            Optional<Certificate> first = response.handshake() == null
                    ? Optional.empty()
                    : response.handshake().peerCertificates().stream().findFirst();
            if (first.isPresent() && first.get() instanceof X509Certificate certificate) {
                Instant end = certificate.getNotAfter().toInstant();
                boolean soon = end.isBefore(Instant.now().plus(EXPIRES_SOON));
                add(soon ? Level.WARNING : Level.OK, "certificate", "valid until " + end + (soon ? "; renew it" : ""));
            }
        }
    }

    private void stream() throws QumuloException, InterruptedException {
        RestClient rest = client.rest();
        String url = rest.preferredEndpoint().toString().replaceAll("/+$", "") + "/v1/files/%2F/notify?recursive=true";
        var inbox = new Inbox(1_000_000);
        var patience = new Patience();
        try (var session = new NotifySession(
                new NotifyStream(NotifyStream.client(rest.http(), LISTENING.plus(BACK)), url, rest.token()), inbox)) {
            Optional<StreamEnd> failed = session.awaitWatching(WATCHING);
            if (failed.isPresent()) {
                add(Level.FAILED, "stream", failed.get().why());
                return;
            }
            var marks = new ClusterMarks(client, patience, "doctor");
            try {
                marks.make();
            } catch (QumuloException e) {
                add(
                        Level.WARNING,
                        "marks",
                        "directory='" + ClusterMarks.DIRECTORY + "' cannot be made: " + e.getMessage()
                                + "; what actions do on this volume would count as foreign; let the user write there");
                return;
            }
            measure(marks, inbox);
        } finally {
            patience.close();
        }
    }

    private void measure(ClusterMarks marks, Inbox inbox) throws QumuloException, InterruptedException {
        String name = "position-doctor-" + System.nanoTime();
        Instant before = Instant.now();
        marks.put(name, new byte[0]);
        Instant after = Instant.now();
        long sent = System.nanoTime();
        clock(before, after, client.files().attributes(FileRef.path(ClusterMarks.DIRECTORY + "/" + name)));
        boolean back = comesBack(name, inbox, sent + BACK.toNanos());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent);
        add(
                back ? Level.OK : Level.FAILED,
                "stream",
                back
                        ? "a file was told " + millis + " ms after it was made"
                        : "a file was made, and not told within " + BACK.toSeconds() + " s");
        marks.delete(name);
        long events = count(inbox, System.nanoTime() + LISTENING.toNanos());
        add(
                Level.OK,
                "load",
                String.format(Locale.ROOT, "%.0f events a second now", events / (double) LISTENING.toSeconds()));
    }

    private void clock(Instant before, Instant after, FileAttributes made) {
        Instant there = made.times().created();
        Duration off = there.isBefore(before) ? Duration.between(there, before) : Duration.between(after, there);
        String which = there.isBefore(before) ? "behind" : "ahead";
        if (off.compareTo(CLOCKS_AGREE) > 0) {
            add(
                    Level.WARNING,
                    "clock",
                    "the cluster's clock is " + off.toSeconds() + " s " + which
                            + "; nothing is lost by that, but times in events and of files do not compare");
        } else {
            add(Level.OK, "clock", "the clocks agree within " + CLOCKS_AGREE.toSeconds() + " s");
        }
    }

    private static boolean comesBack(String name, Inbox inbox, long until) throws InterruptedException {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            if (inbox.poll(left) instanceof Inbox.Events events
                    && events.events().stream()
                            .anyMatch(event -> Positions.mark(event).equals(Optional.of(name)))) {
                return true;
            }
        }
        return false;
    }

    private static long count(Inbox inbox, long until) throws InterruptedException {
        long count = 0;
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            if (inbox.poll(left) instanceof Inbox.Events events) {
                count += events.events().stream()
                        .filter(event -> !WatchedPaths.isAtOrBelow("/" + event.path(), WatchedPaths.OWN))
                        .count();
            }
        }
        return count;
    }

    private void add(Level level, String subject, String text) {
        findings.add(new Finding(level, subject, text));
    }
}
