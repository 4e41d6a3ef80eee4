package io.weir.qumulo.emulator;

import io.weir.qumulo.emulator.api.Cluster;
import io.weir.qumulo.emulator.api.Router;
import io.weir.qumulo.emulator.fault.Counters;
import io.weir.qumulo.emulator.fault.Faults;
import io.weir.qumulo.emulator.fault.Script;
import io.weir.qumulo.emulator.fault.ScriptRun;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.http.HttpListener;
import io.weir.qumulo.emulator.http.HttpRequest;
import io.weir.qumulo.emulator.notify.Watchers;
import io.weir.qumulo.emulator.settings.Accounts;
import io.weir.qumulo.emulator.settings.EmulatorClock;
import io.weir.qumulo.emulator.settings.Switches;
import io.weir.qumulo.emulator.tree.FileTree;
import io.weir.qumulo.emulator.tree.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An emulated cluster of one node, listening on loopback from its start until it is closed. Everything it is made of may be
 * changed at any time. Safe for all threads.
 */
public final class QumuloEmulator implements AutoCloseable {
    private final EmulatorClock clock;
    private final Switches switches = new Switches();
    private final Watchers watchers = new Watchers();
    private final Counters counters = new Counters();
    private final RequestLog requests = new RequestLog();
    private final Accounts accounts;
    private final FileTree tree;
    private final Snapshots snapshots;
    private final Faults faults;
    private final Router router;
    private final HttpListener listener;
    private final String host;
    private final boolean secure;
    private final @Nullable String certificate;
    private volatile @Nullable ScriptRun script;

    private QumuloEmulator(Builder builder) throws IOException {
        SelfSigned selfSigned = builder.selfSigned ? SelfSigned.make(builder.host) : null;
        SSLContext tls = selfSigned == null ? builder.tls : selfSigned.context();
        certificate = selfSigned == null ? null : selfSigned.pem();
        host = builder.host;
        secure = tls != null;
        clock = new EmulatorClock(builder.clock);
        accounts = new Accounts(clock);
        tree = new FileTree(clock, watchers, switches::parentTimes);
        snapshots = new Snapshots(clock, tree, switches::snapshotDeletion);
        faults = new Faults(watchers, accounts, switches);
        router = Router.over(new Cluster(tree, snapshots, watchers, accounts, switches, counters, clock));
        listener = new HttpListener(InetAddress.getByName(host), builder.port, tls, faults::takeRefusal, this::answer);
        faults.connect(network(listener));
    }

    private static Faults.Network network(HttpListener listener) {
        return new Faults.Network() {
            @Override
            public void reset() {
                listener.resetConnections();
            }

            @Override
            public void listening(boolean on) {
                try {
                    listener.listening(on);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** Plain HTTP at any port, user {@code admin} with password {@code ok}, an empty tree. */
    public static QumuloEmulator start() throws IOException {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** How a cluster is to listen. For one thread. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port;
        private boolean selfSigned;
        private @Nullable SSLContext tls;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** Name or address to listen on, for which the certificate is as well; loopback unless set. */
        public Builder host(String name) {
            host = name;
            return this;
        }

        /** 0, any that is free, unless set. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** TLS with a certificate of its own; see {@link QumuloEmulator#certificate}. */
        public Builder tls() {
            selfSigned = true;
            return this;
        }

        /** TLS with the given keys. */
        public Builder tls(SSLContext context) {
            tls = context;
            return this;
        }

        /** Where times come from; the host's clock unless set. */
        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        /**
         * Starts it.
         *
         * @throws IOException if the port is taken, or the host is not this one
         */
        public QumuloEmulator start() throws IOException {
            return new QumuloEmulator(this);
        }
    }

    private Answer answer(HttpRequest request) {
        requests.add(new SeenRequest(request.method(), request.path(), request.query()));
        counters.requestSeen();
        Answer instead = faults.insteadOf(request);
        return instead != null ? instead : faults.fateOf(router.answer(request));
    }

    /** Where it listens, without a slash at the end. */
    public URI uri() {
        return URI.create((secure ? "https" : "http") + "://" + host + ":" + listener.port());
    }

    /** The self-signed certificate in PEM, if it was made here. */
    public Optional<String> certificate() {
        return Optional.ofNullable(certificate);
    }

    /** The files, as an outside user has them. */
    public FileTree tree() {
        return tree;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    public Switches switches() {
        return switches;
    }

    public Faults faults() {
        return faults;
    }

    public Accounts accounts() {
        return accounts;
    }

    public EmulatorClock clock() {
        return clock;
    }

    /** The open streams. */
    public Watchers streams() {
        return watchers;
    }

    public Counters counters() {
        return counters;
    }

    /** The last requests, in their order; of 100,000 the older ones are forgotten. */
    public List<SeenRequest> requests() {
        return requests.all();
    }

    /** The same as method and path. */
    public List<String> calls() {
        return requests.all().stream().map(SeenRequest::call).toList();
    }

    public void forgetRequests() {
        requests.clear();
    }

    /**
     * Starts a script, in the place of one that runs.
     *
     * @param report told each step that happens
     */
    public synchronized void run(Script steps, Consumer<String> report) {
        stopScript();
        script = ScriptRun.start(steps, faults, switches, clock, counters, report);
    }

    private void stopScript() {
        ScriptRun running = script;
        if (running != null) {
            running.close();
        }
    }

    /** Closes all connections. */
    @Override
    public synchronized void close() {
        stopScript();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
