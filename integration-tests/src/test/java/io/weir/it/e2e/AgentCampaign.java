package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.randomised.FailureLog;
import io.weir.agent.randomised.PublishedTree;
import io.weir.agent.randomised.RandomOperations;
import io.weir.agent.randomised.RealTree;
import io.weir.agent.randomised.Unpromised;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One {@code weir agent}, one broker and one registry, each a process of its own, over a tree that two users change at full
 * speed; in each phase something happens to one of them. At each rest the tree is rebuilt from the topic and compared.
 */
final class AgentCampaign implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SLICE = 10;
    /** Twice as many events, which is more than the kernel's queue holds by default. */
    private static final int STORM = 20_000;

    /** What happens while the tree is changed. */
    enum Trouble {
        NONE,
        AGENT_KILLED,
        AGENT_KILLED_TWICE,
        AGENT_STOPPED,
        AGENT_FROZEN,
        BROKER_KILLED,
        BROKER_FROZEN,
        REGISTRY_KILLED,
        BROKER_AND_AGENT_KILLED,
        SPOOL_FULL
    }

    private final long seed;
    private final Random random;
    private final Path base;
    private final Path in;
    private final Path out;
    private final ServerProcess broker;
    private final ServerProcess registry;
    private final Unpromised unpromised = new Unpromised();
    private final PublishedTree tree = new PublishedTree(unpromised);
    private final EventFollower follower;
    private final ExecutorService users = Executors.newFixedThreadPool(2);
    private final AtomicInteger done = new AtomicInteger();
    private WeirProcess agent;
    private int phase;

    AgentCampaign(long seed, Path base) throws Exception {
        this.seed = seed;
        this.random = new Random(seed);
        this.base = base.toRealPath();
        in = Files.createDirectory(this.base.resolve("in"));
        out = Files.createDirectory(this.base.resolve("out"));
        broker = ServerProcess.broker(this.base.resolve("kafka"));
        registry = ServerProcess.registry(broker);
        KafkaConnection connection = KafkaConnection.of(broker.address(), registry.address());
        try (TopicAdmin admin = new TopicAdmin(connection)) {
            admin.create(TopicSettings.embedded());
        }
        follower = new EventFollower(connection, tree::take);
        operations(0, 100).run(100);
        agent = startAgent();
        rest();
        tree.owesNothing();
    }

    /** Another phase, with a trouble at a random moment of it. */
    void phase(Trouble trouble) throws Exception {
        phase++;
        tree.note("phase " + phase + ": " + trouble);
        int each = operationsDuring(trouble);
        done.set(0);
        List<Future<?>> running = new ArrayList<>();
        for (int user = 1; user <= 2; user++) {
            RandomOperations operations = operations(user, each);
            running.add(users.submit(() -> {
                for (int i = 0; i < each; i += SLICE) {
                    operations.run(SLICE);
                    done.addAndGet(SLICE);
                }
            }));
        }
        happen(trouble, 2 * each, running);
        await(running);
        rest();
    }

    /** So many that the smallest spool cannot hold their events, if it must. */
    private int operationsDuring(Trouble trouble) {
        return switch (trouble) {
            case SPOOL_FULL -> 20_000 + random.nextInt(5_000);
            default -> 200 + random.nextInt(1_500);
        };
    }

    private void happen(Trouble trouble, int operations, List<Future<?>> running) throws Exception {
        awaitDone(random.nextInt(operations / 2), running);
        switch (trouble) {
            case NONE -> {}
            case AGENT_KILLED -> killAgent();
            case AGENT_KILLED_TWICE -> {
                killAgent();
                awaitDone(done.get() + random.nextInt(operations / 4), running);
                killAgent();
            }
            case AGENT_STOPPED -> {
                assertThat(agent.terminate()).as(agent::transcript).isZero();
                await(running);
                agent = startAgent();
            }
            case AGENT_FROZEN -> {
                ServerProcess.signal(agent.pid(), "STOP");
                operations(3, 0).storm(STORM);
                await(running);
                ServerProcess.signal(agent.pid(), "CONT");
            }
            case BROKER_KILLED -> {
                broker.kill();
                await(running);
                broker.startAgain();
            }
            case BROKER_FROZEN -> {
                broker.freeze();
                await(running);
                broker.go();
            }
            case REGISTRY_KILLED -> {
                registry.kill();
                killAgent(); // a new one knows no schema's id
                await(running);
                registry.startAgain();
            }
            case BROKER_AND_AGENT_KILLED -> {
                broker.kill();
                killAgent();
                await(running);
                killAgent();
                broker.startAgain();
            }
            case SPOOL_FULL -> {
                broker.kill();
                await(running);
                broker.startAgain();
            }
        }
    }

    private void killAgent() {
        agent.kill();
        tree.note("agent killed");
        agent = startAgent();
    }

    private WeirProcess startAgent() {
        return WeirProcess.start(
                base,
                "agent",
                "--volume",
                "v=in",
                "-r",
                "--data",
                "data",
                "--id",
                "a",
                "--initial",
                "emit",
                "--coalesce",
                "10ms",
                "--spool-limit",
                "1",
                "--bootstrap-servers",
                broker.address(),
                "--schema-registry",
                registry.address());
    }

    private RandomOperations operations(int user, int count) {
        return RandomOperations.of(
                new Random(seed * 1009 + phase * 31L + user + count), List.of(in, in, out), unpromised);
    }

    private void awaitDone(int operations, List<Future<?>> running) throws Exception {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .atMost(PATIENCE)
                .until(() -> done.get() >= operations || running.stream().anyMatch(Future::isDone));
        for (Future<?> user : running) {
            if (user.isDone()) {
                user.get(); // if it failed, this tells why
            }
        }
    }

    private static void await(List<Future<?>> running) throws Exception {
        for (Future<?> future : running) {
            future.get();
        }
    }

    private void rest() throws Exception {
        String last = "rest" + phase;
        Files.writeString(in.resolve(last), last);
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .pollInSameThread() // the consumer belongs to one
                    .atMost(PATIENCE)
                    .until(() -> {
                        follower.read();
                        return tree.files().containsKey("/" + last)
                                && follower.waiting() == 0
                                && neverWritten().isEmpty()
                                && differences().isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            // what differs is told below
        }
        try {
            assertThat(follower.waiting())
                    .as("events wait for number %d, which has not come", follower.next())
                    .isZero();
            assertThat(differences()).as("differences").isEmpty();
            assertThat(tree.faults()).as("faults").isEmpty();
            assertThat(neverWritten()).as("never written").isEmpty();
        } catch (AssertionError e) {
            Path log = FailureLog.write("campaign", seed, tree.lines());
            throw new AssertionError(
                    "seed " + seed + ", phase " + phase + " (run with -Dweir.seed=" + seed + "): " + e.getMessage()
                            + "\nwhat was published: " + log + "\n" + agent.transcript(),
                    e);
        }
    }

    private List<String> neverWritten() {
        return phase == 0 ? List.of() : tree.neverWritten();
    }

    private List<String> differences() throws Exception {
        return RealTree.differences(RealTree.below(in), tree.files(), unpromised);
    }

    /** Figures for people. */
    String summary() {
        return "seed " + seed + ": " + phase + " phases, " + (follower.next() - 1) + " events, " + follower.resent()
                + " records came again";
    }

    /** What happened in this run so far, by the log of what was published. */
    boolean sawGap(String reason) {
        return tree.lines().stream().anyMatch(line -> line.contains(" gap ") && line.endsWith(" " + reason));
    }

    @Override
    public void close() {
        users.shutdownNow();
        agent.close();
        follower.close();
        registry.close();
        broker.close();
        RealTree.delete(in.toString());
        RealTree.delete(out.toString());
    }
}
