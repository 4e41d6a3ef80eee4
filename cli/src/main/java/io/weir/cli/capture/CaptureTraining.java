package io.weir.cli.capture;

import io.weir.agent.AgentConfig;
import io.weir.agent.claim.ClaimLog;
import io.weir.agent.inotify.InotifyAgent;
import io.weir.agent.inotify.InotifyAgentConfig;
import io.weir.agent.inotify.WatchRoot;
import io.weir.agent.publish.KafkaOutlet;
import io.weir.cli.CommandException;
import io.weir.cli.StopRequest;
import io.weir.cli.lines.Line;
import io.weir.cli.lines.LinePrinter;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/** For the launcher's training run: what {@code weir watch} and {@code weir agent} need, and no more. */
public final class CaptureTraining {
    private static final String LAST = "last";

    private CaptureTraining() {}

    /**
     * Watches a directory while something happens there, and makes what would publish it.
     *
     * @param directory empty
     * @throws CommandException if what happened was not seen in time
     */
    public static void run(Path directory, Duration limit) throws IOException, InterruptedException {
        Path inbox = Files.createDirectory(directory.resolve("inbox")).toRealPath();
        for (AgentConfig agent : List.of(
                AgentConfig.inMemory("train", "train"), AgentConfig.of("train", "train", directory.resolve("data")))) {
            StopRequest seen = new StopRequest();
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            Consumer<Line> json = new LinePrinter(true, nowhere, seen);
            Consumer<Line> human = new LinePrinter(false, nowhere, seen);
            Consumer<Line> lines = line -> {
                json.accept(line);
                human.accept(line);
                if (line instanceof Line.Event event && event.event().getPath().endsWith(LAST)) {
                    seen.request();
                }
            };
            InotifyAgentConfig config =
                    new InotifyAgentConfig(agent, List.of(WatchRoot.ofVolume("train", inbox, true)), Set.of());
            try (InotifyAgent running = InotifyAgent.open(config, new PrintingOutlet(shown -> shown.forEach(lines)))) {
                running.start();
                something(inbox.resolve(agent.dataDirectory().isPresent() ? "agent" : "watch"));
                if (!seen.await(limit)) {
                    throw new CommandException("the training run saw no event within " + limit.toSeconds() + " s");
                }
                running.status();
            }
        }
        // Nobody is there; its classes are loaded all the same.
        KafkaConnection nobody = KafkaConnection.of("127.0.0.1:9", "http://127.0.0.1:9");
        try (KafkaOutlet outlet = new KafkaOutlet(nobody, "train");
                ClaimLog.Reader claims = outlet.claims().orElseThrow().open()) {
            claims.poll(Duration.ofMillis(1));
        }
        new KafkaProducer<String, Object>(nobody.producerConfig("train")).close(Duration.ZERO);
    }

    private static void something(Path directory) throws IOException {
        Path below = Files.createDirectories(directory.resolve("new/below"));
        Path file = Files.writeString(below.resolve("file"), "training");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Path moved = Files.move(file, directory.resolve("moved"));
        Files.delete(moved);
        Files.createFile(directory.resolve(LAST));
    }
}
