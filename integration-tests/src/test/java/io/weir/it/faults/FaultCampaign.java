package io.weir.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An {@link Installation} under {@link Load}, and one fault after the other. What a fault should have made the system say
 * and did not is told at the end; a fault that it does not get over ends the campaign.
 */
final class FaultCampaign implements AutoCloseable {
    /** With whatever may take long on a machine that does much else. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Pattern REFUSED_TO_START = Pattern.compile("(?m)^weir: (schema registry|bootstrap servers)='");

    private final long seed;
    private final Path volume;
    private final Installation installation;
    private final Load load;
    private final Hearing hearing;
    private final List<Measured> measured = new ArrayList<>();
    private final List<String> silences = new ArrayList<>();

    /**
     * Starts everything.
     *
     * @param calm for how long nothing is late before a fault is taken for over
     * @param brokers how many
     * @param disks where a broker's data is to lie, other than below the base
     * @param settings of the brokers
     */
    FaultCampaign(
            long seed, Path base, Duration calm, int brokers, Map<Integer, Path> disks, Map<String, String> settings)
            throws Exception {
        this.seed = seed;
        Path real = base.toRealPath();
        volume = Files.createDirectory(real.resolve("in"));
        load = new Load(volume, new Random(seed), calm);
        installation = new Installation(real, brokers, disks, settings);
        hearing = new Hearing(installation);
        try {
            installation.start();
            load.start();
            load.awaitCalm(PATIENCE);
        } catch (Exception | AssertionError e) {
            AssertionError failure = failed("the start", e);
            close();
            throw failure;
        }
    }

    Installation installation() {
        return installation;
    }

    /** Lets it happen, and waits until it is over. */
    void happen(Fault fault) throws Exception {
        try {
            fault.prepare().run();
            load.awaitCalm(PATIENCE);
            long begun = System.nanoTime();
            fault.begin().run();
            List<String> said = hear(fault);
            await(begun + fault.lasts().toNanos());
            if (!fault.outage()) {
                load.awaitCalm(PATIENCE);
            }
            Optional<Duration> sinceBegin = load.lateUntil(begun);
            long ended = System.nanoTime();
            fault.end().run();
            load.awaitCalm(PATIENCE);
            Optional<Duration> sinceEnd = load.lateUntil(ended);
            Optional<Duration> recovered = fault.outage() ? sinceEnd : longer(sinceBegin, sinceEnd);
            Measured result = new Measured(fault, said, recovered, load.longest(begun));
            measured.add(result);
            System.out.println(result);
        } catch (Exception | AssertionError e) {
            throw failed(fault.name(), e);
        }
    }

    private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Duration::compareTo);
    }

    private List<String> hear(Fault fault) {
        try {
            return hearing.await(fault.says(), PATIENCE);
        } catch (AssertionError e) {
            System.out.println(fault.name() + ": " + e.getMessage());
            silences.add(fault.name() + ": " + e.getMessage());
            return List.of();
        }
    }

    private static void await(long until) {
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** Waits until the system says that all is well. */
    void awaitWell() {
        try {
            hearing.awaitWell(PATIENCE);
        } catch (AssertionError e) {
            throw failed("after all faults", e);
        }
    }

    /** Brings all to rest, and holds it against what is promised. */
    void judge() {
        try {
            load.finish(PATIENCE);
            awaitWell();
            Promises promises = new Promises(installation, volume, load.answered());
            System.out.println("seed " + seed + ": " + promises.figures());
            promises.requireAll();
            requireNoneEnded();
            assertThat(silences).as("what was not said").isEmpty();
        } catch (IOException | AssertionError e) {
            throw failed("the end", e);
        }
    }

    /** None but those that were started while something they need to start was away. */
    private void requireNoneEnded() {
        for (Part part : installation.parts().values()) {
            assertThat(part.ends())
                    .as("what %s said when it ended by itself", part.name())
                    .allMatch(said -> REFUSED_TO_START.matcher(said).find());
        }
    }

    /** What the faults came to, in their order. */
    List<Measured> measured() {
        return measured;
    }

    private AssertionError failed(String at, Throwable cause) {
        return new AssertionError(
                "seed " + seed + ", " + at + ": " + cause.getMessage() + "\n" + installation.transcript(), cause);
    }

    @Override
    public void close() throws IOException {
        load.close();
        installation.close();
    }
}
