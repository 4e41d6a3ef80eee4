package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Agent, filter, two workers, broker and registry, each a process of its own, with rules that provoke themselves and each
 * other, while foreign processes change the same files at full speed; and something happens to one or the other. Each
 * foreign change is made when the one before has been answered, often within the very window of that answer, so that they
 * can be counted independently.
 */
final class LoopCampaign implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** More than the kernel's queue holds by default. */
    private static final int STORM = 20_000;

    /** The foreign processes leave the others a little of the processors. */
    private static final long PAUSE_NANOS = 200_000;

    private static final String RULES =
            """
            rules:
              - id: lock # provokes itself
                on: attributes-changed
                when: { path: "/lock/**" }
                actions: [chmod: { mode: "0640" }]
              - id: name # provokes itself, while a program keeps appending to the file
                on: moved
                when: { path: "/name/**" }
                actions: [rename: { to: "{event.directory}/{event.stem}-x.{event.extension}" }]
              - id: take # also what lands in quarantine
                on: [written, moved]
                when: { path: "/{take,.taken}/**", kind: file }
                actions: [quarantine: { to: /.taken }]
              - id: fight-one # the two undo each other
                on: attributes-changed
                when: { path: "/fight/**" }
                actions: [chmod: { mode: "0600" }]
              - id: fight-two
                on: attributes-changed
                when: { path: "/fight/**" }
                actions: [chmod: { mode: "0660" }]
              - id: run # writes what it is about, and says so
                on: written
                when: { path: "/run/**" }
                actions: [exec: { run: append }]
            """;

    private static final String WORKER =
            """
            programs:
              append:
                command:
                  - /bin/sh
                  - -c
                  - 'echo "$WEIR_ACTION_ID" >> ".$WEIR_EVENT_PATH"; echo ".$WEIR_EVENT_PATH" >> "$WEIR_EFFECTS"'
                scope: ["/run/**"]
            """;

    /** What happens meanwhile. */
    enum Trouble {
        NONE,
        AGENT_KILLED,
        AGENT_FROZEN_UNTIL_THE_QUEUE_OVERFLOWS,
        WORKER_KILLED,
        /** Others take over what it has, and then it goes on. */
        WORKER_FROZEN,
        WORKERS_AND_AGENT_KILLED,
        FILTER_KILLED,
        BROKER_KILLED
    }

    private final long seed;
    private final Random random;
    private final Path base;
    private final Path in;
    private final ServerProcess broker;
    private final ServerProcess registry;
    private final List<Provoked> files = new ArrayList<>();
    private final Requests requests;
    private final ExecutorService users = Executors.newFixedThreadPool(2);
    private final List<WeirProcess> workers = new ArrayList<>();
    private WeirProcess agent;
    private WeirProcess filter;
    private int redelivered;

    /**
     * @param each how many files of each kind there are
     * @param changes how often each is changed
     */
    LoopCampaign(long seed, Path base, int each, int changes) throws Exception {
        this.seed = seed;
        this.random = new Random(seed);
        this.base = base.toRealPath();
        in = Files.createDirectory(this.base.resolve("in"));
        for (int i = 0; i < each; i++) {
            files.addAll(Provoked.all(in, i, changes, random));
        }
        Files.createDirectory(in.resolve("storm"));
        Files.writeString(this.base.resolve("rules.yaml"), RULES);
        Files.writeString(this.base.resolve("worker.yaml"), WORKER);
        broker = ServerProcess.broker(this.base.resolve("kafka"));
        registry = ServerProcess.registry(broker);
        KafkaConnection connection = KafkaConnection.of(broker.address(), registry.address());
        try (TopicAdmin admin = new TopicAdmin(connection)) {
            admin.create(TopicSettings.embedded());
        }
        workers.add(startWorker(0));
        workers.add(startWorker(1));
        filter = startFilter();
        agent = startAgent();
        WeirProcess apply = WeirProcess.run(this.base, arguments("rules", "apply", "-f", "rules.yaml"));
        assertThat(apply.awaitExit()).as(apply::transcript).isZero();
        requests = new Requests(connection);
    }

    /** Starts a part as a supervisor does: again, if it ends, as it does when the broker is away for long. */
    private WeirProcess start(String... arguments) {
        while (true) {
            WeirProcess part = WeirProcess.start(base, arguments(arguments));
            Awaitility.await().atMost(PATIENCE).until(() -> part.err().contains(" runs") || !part.isAlive());
            if (part.isAlive()) {
                return part;
            }
        }
    }

    /** Changes all files as often as they are to be, with these troubles on the way, and judges what came of it. */
    void run(List<Trouble> troubles) throws Exception {
        List<Future<?>> running = List.of(users.submit(() -> use(0)), users.submit(() -> use(1)));
        int all = files.stream().mapToInt(Provoked::wanted).sum();
        for (int i = 0; i < troubles.size(); i++) {
            int at = all * (i + 1) / (troubles.size() + 1);
            awaitChanges(at, running);
            happen(troubles.get(i));
        }
        awaitChanges(all, running);
        for (Future<?> user : running) {
            user.get();
        }
        judge();
        verify();
    }

    /** What the filters decided meanwhile is what follows from the log. */
    private void verify() {
        WeirProcess verify = WeirProcess.run(base, arguments("audit", "verify"));
        assertThat(verify.awaitExit()).as(verify::transcript).isZero();
        System.out.println(verify.out().strip());
    }

    /** One foreign process: it goes round its files as fast as it can. */
    private void use(int user) {
        boolean busy = true;
        while (busy && !Thread.currentThread().isInterrupted()) {
            busy = false;
            for (int i = user; i < files.size(); i += 2) {
                busy |= files.get(i).goOn();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private int changes() {
        return files.stream().mapToInt(Provoked::changes).sum();
    }

    private void awaitChanges(int count, List<Future<?>> running) throws Exception {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> changes() >= count || running.stream().anyMatch(Future::isDone));
        } catch (ConditionTimeoutException e) {
            throw failed("only " + changes() + " of " + count + " changes were answered; waiting: " + waiting(), e);
        }
        for (Future<?> user : running) {
            if (user.isDone()) {
                user.get(); // if it failed, this tells why
            }
        }
    }

    private List<String> waiting() {
        return files.stream().filter(f -> !f.isOver()).map(Provoked::toString).toList();
    }

    private void happen(Trouble trouble) throws IOException {
        int one = random.nextInt(2);
        switch (trouble) {
            case NONE -> {}
            case AGENT_KILLED -> killAgent();
            case AGENT_FROZEN_UNTIL_THE_QUEUE_OVERFLOWS -> {
                ServerProcess.signal(agent.pid(), "STOP");
                for (int i = 0; i < STORM; i++) {
                    Files.writeString(in.resolve("storm/" + i % 2), "x");
                }
                ServerProcess.signal(agent.pid(), "CONT");
            }
            case WORKER_KILLED -> killWorker(one);
            case WORKER_FROZEN -> {
                redelivered++;
                ServerProcess.signal(workers.get(one).pid(), "STOP");
                int before = requests.countResults();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInSameThread()
                        .until(() -> requests.countResults() > before + 3
                                || changes()
                                        == files.stream()
                                                .mapToInt(Provoked::wanted)
                                                .sum());
                ServerProcess.signal(workers.get(one).pid(), "CONT");
            }
            case WORKERS_AND_AGENT_KILLED -> {
                killWorker(0);
                killAgent();
                killWorker(1);
            }
            case FILTER_KILLED -> {
                filter.kill();
                filter = startFilter();
            }
            case BROKER_KILLED -> {
                broker.kill();
                broker.startAgain();
            }
        }
    }

    private void killAgent() {
        agent.kill();
        agent = startAgent();
    }

    private void killWorker(int number) {
        redelivered++;
        workers.get(number).kill();
        workers.set(number, startWorker(number));
    }

    /** At rest there is a result for each request, and nothing new comes. */
    private void judge() throws Exception {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInSameThread()
                    .during(Duration.ofSeconds(2))
                    .until(() -> files.stream().allMatch(Provoked::isOver) && requests.allAnswered());
        } catch (ConditionTimeoutException e) {
            throw failed("no rest; waiting: " + waiting() + ", without a result: " + requests.unanswered(), e);
        }
        try {
            for (Provoked file : files) {
                file.requireAnswered(requests, redelivered);
            }
        } catch (AssertionError e) {
            throw failed(String.valueOf(e.getMessage()), e);
        }
    }

    private AssertionError failed(String what, Exception cause) {
        return failed(what, new AssertionError(cause));
    }

    private AssertionError failed(String what, AssertionError cause) {
        StringBuilder said = new StringBuilder();
        List.of(agent, filter, workers.get(0), workers.get(1))
                .forEach(part -> said.append('\n').append(part.transcript()));
        return new AssertionError("seed " + seed + " (run with -Dweir.seed=" + seed + "): " + what + said, cause);
    }

    /** Figures for people. */
    String summary() {
        return "seed " + seed + ": " + changes() + " foreign changes, " + requests.describe();
    }

    private WeirProcess startAgent() {
        return start("agent", "--volume", "v=in", "-r", "--data", "agent", "--id", "a", "--coalesce", "10ms");
    }

    private WeirProcess startFilter() {
        return start("filter", "--data", "filter");
    }

    private WeirProcess startWorker(int number) {
        String name = "w" + number;
        return start(
                "worker",
                "--volume",
                "v=in",
                "--agent-data",
                "agent",
                "--data",
                name,
                "--id",
                name,
                "--config",
                "worker.yaml",
                "--kafka-property",
                "session.timeout.ms=6000");
    }

    private String[] arguments(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", broker.address(), "--schema-registry", registry.address()));
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        users.shutdownNow();
        workers.forEach(WeirProcess::close);
        agent.close();
        filter.close();
        requests.close();
        registry.close();
        broker.close();
    }
}
