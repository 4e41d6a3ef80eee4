package io.weir.agent.qumulo;

import io.weir.agent.qumulo.notify.NotifyStream;
import io.weir.agent.qumulo.notify.StreamEnd;
import io.weir.agent.qumulo.notify.StreamEnd.Reason;
import io.weir.agent.source.AccountNames;
import io.weir.agent.source.EventSource;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Located;
import io.weir.agent.source.MarksDirectory;
import io.weir.agent.source.Observation.GapClosed;
import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import io.weir.agent.source.Subtree;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.RecursiveMode;
import io.weir.qumulo.client.rest.ApiRequest;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.RestClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Qumulo cluster as a source of file events. One thread reads the stream, another takes from it, one connection after the
 * other: each break is a gap, after which is told what a comparison shows.
 */
public final class QumuloSource implements EventSource {
    private static final Logger LOG = LoggerFactory.getLogger(QumuloSource.class);
    private static final Duration WATCHING = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final String GAP = "disconnected";

    private final QumuloConfig config;
    private final QumuloSettings settings;
    private final QumuloClient client;
    private final Patience patience = new Patience();
    private final ClusterFiles files;
    private final Optional<ClusterMarks> marks;
    private final WatchedPaths watched;
    private final Telling telling = new Telling();
    private final Following following;
    private final CatchUp catchUp;
    private final Place root;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "weir-qumulo");
    private volatile @Nullable String trouble;
    private final LongAdder connections = new LongAdder();
    private final LongAdder breaks = new LongAdder();
    private volatile Inbox inbox = new Inbox(1);
    private boolean inGap;
    private String token = "";

    private QumuloSource(
            QumuloConfig config, QumuloSettings settings, QumuloClient client, String agent, StateInterest interest) {
        this.config = config;
        this.settings = settings;
        this.client = client;
        this.root = new Place(config.volume(), "/");
        this.files = new ClusterFiles(config.volume(), client.files(), patience);
        this.marks = marks(agent);
        this.watched = new WatchedPaths(config);
        var checkpoints = new Checkpoints(client, agent + "-" + config.volume());
        this.following = new Following(
                config,
                settings,
                client,
                files,
                watched,
                new Positions(marks),
                checkpoints,
                interest,
                telling,
                patience::isClosing);
        this.catchUp = new CatchUp(config.volume(), client, files, watched, checkpoints, following, telling);
        thread.setDaemon(true);
    }

    /**
     * Logs in, and makes the marks directory on the cluster if it may; nothing is watched before {@link #start}.
     *
     * @param agent its id
     * @throws QumuloException if no endpoint can be reached, or the credentials are refused
     */
    public static QumuloSource open(QumuloConfig config, String agent, StateInterest interest) throws QumuloException {
        return open(config, QumuloSettings.DEFAULT, agent, interest);
    }

    static QumuloSource open(QumuloConfig config, QumuloSettings settings, String agent, StateInterest interest)
            throws QumuloException {
        var client = new QumuloClient(config.access());
        try {
            client.whoAmI();
            return new QumuloSource(config, settings, client, agent, interest);
        } catch (QumuloException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private Optional<ClusterMarks> marks(String agent) {
        var directory = new ClusterMarks(client, patience, agent);
        try {
            directory.make();
            return Optional.of(directory);
        } catch (QumuloException e) {
            LOG.atWarn()
                    .addKeyValue("directory", ClusterMarks.DIRECTORY)
                    .addKeyValue("cause", e.getMessage())
                    .log("The marks directory cannot be made: what actions do on this volume counts as foreign");
            return Optional.empty();
        }
    }

    @Override
    public List<String> volumes() {
        return List.of(config.volume());
    }

    @Override
    public List<Subtree> subtrees() {
        return config.paths().stream()
                .map(path -> new Subtree(new Place(config.volume(), path), true))
                .toList();
    }

    @Override
    public List<String> excludes() {
        return config.excludes().stream()
                .map(glob -> config.volume() + ":" + glob)
                .toList();
    }

    @Override
    public boolean tellsAll() {
        return true;
    }

    /** Returns when it follows the cluster, or when the first try has failed: the agent then goes on with a gap. */
    @Override
    public void start(ObservationSink sink) {
        telling.connect(sink);
        thread.start();
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<FileStat> stat(Place place) {
        return files.stat(place.path());
    }

    @Override
    public Optional<Located> find(String fileId) {
        return files.find(fileId).filter(file -> watched.covers(file.place().path()));
    }

    @Override
    public boolean wasCompared(String fileId) {
        return files.wasCompared(fileId);
    }

    @Override
    public Optional<MarksDirectory> marksDirectory(String volume) {
        return marks.map(MarksDirectory.class::cast);
    }

    @Override
    public Optional<AccountNames> accounts() {
        return Optional.of(files);
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new HashMap<>();
        figures.put("connections", connections.sum());
        figures.put("connection-breaks", breaks.sum());
        figures.put("stream-events-waiting", (long) inbox.size());
        figures.putAll(following.figures());
        figures.putAll(catchUp.figures());
        return figures;
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(trouble).or(() -> patience.waitingFor().map(this::waiting));
    }

    private String waiting(String why) {
        return "cluster of volume '" + config.volume() + "': waiting: " + why + "; tried again";
    }

    private void run() {
        int attempt = 0;
        try {
            while (!patience.isClosing()) {
                long before = connections.sum();
                StreamEnd end = connection();
                if (patience.isClosing()) {
                    return;
                }
                attempt = connections.sum() > before ? 0 : attempt + 1;
                broken(end);
                begun.countDown();
                patience.sleep(attempt);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!patience.isClosing()) {
                trouble = "the connector has stopped: " + e.getMessage() + "; mend the cause and restart the agent";
                LOG.atError().setCause(e).log("The connector has stopped. Mend the cause and restart the agent");
            }
        } finally {
            begun.countDown();
        }
    }

    /** One connection, from its begin to its end. */
    private StreamEnd connection() throws InterruptedException {
        try {
            requireRecursive();
            catchUp.prepare();
            var own = new Inbox(settings.inboxEvents());
            inbox = own;
            try (var session = new NotifySession(stream(), own)) {
                Optional<StreamEnd> failed = session.awaitWatching(WATCHING);
                return failed.isPresent() ? refused(failed.get()) : follow(own);
            }
        } catch (QumuloException e) {
            return new StreamEnd(Reason.UNAVAILABLE, e.getMessage());
        } catch (UncheckedIOException e) {
            return new StreamEnd(Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private StreamEnd follow(Inbox own) throws QumuloException, InterruptedException {
        catchUp.run(own);
        connections.increment();
        trouble = null;
        if (inGap) {
            inGap = false;
            telling.tell(new GapClosed(Telling.now(), root, GAP));
        }
        LOG.atInfo().addKeyValue("volume", config.volume()).log("Following the cluster");
        begun.countDown();
        return following.follow(own);
    }

    private void broken(StreamEnd end) {
        trouble = "cluster of volume '" + config.volume() + "': " + end.why() + "; tried again";
        LOG.atWarn()
                .addKeyValue("volume", config.volume())
                .addKeyValue("reason", end.reason())
                .addKeyValue("cause", end.why())
                .log("Not following the cluster");
        if (!inGap) {
            inGap = true;
            telling.tell(new GapOpened(Telling.now(), root, GAP, end.why()));
            breaks.increment();
        }
    }

    /** A token that is refused is not used again. */
    private StreamEnd refused(StreamEnd end) throws QumuloException {
        if (end.reason() == Reason.UNAUTHORIZED) {
            client.rest().renew(token);
        }
        return end;
    }

    /** Also finds an endpoint that answers. */
    private void requireRecursive() throws QumuloException {
        RecursiveMode mode = client.recursiveMode();
        if (mode == RecursiveMode.DISABLED_ERROR || mode == RecursiveMode.DISABLED_IGNORE) {
            throw new QumuloException(
                    "recursive_mode='" + mode + "': the cluster does not tell of what is below directories; expected"
                            + " ENABLED; try PUT /v1/file-system/settings/notify {\"recursive_mode\":\"ENABLED\"}",
                    io.weir.qumulo.client.rest.Reason.OTHER,
                    null);
        }
    }

    private NotifyStream stream() throws QumuloException {
        RestClient rest = client.rest();
        String filter = String.join(",", config.types());
        String url = rest.preferredEndpoint().toString().replaceAll("/+$", "")
                + "/v1/files/%2F/notify?recursive=true&filter=" + ApiRequest.encode(filter);
        token = rest.token();
        return new NotifyStream(NotifyStream.client(rest.http(), settings.silence()), url, token);
    }

    @Override
    public void close() {
        patience.close();
        try {
            // What it is in the middle of, the store among that, ends in order; a call to a dead cluster may take too
            // long.
            thread.join(GRACE.toMillis());
            thread.interrupt();
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        files.close();
        client.close();
    }
}
