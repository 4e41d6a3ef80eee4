package io.weir.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.weir.it.TestCluster;
import io.weir.schemas.ActionResult;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Topics;
import io.weir.worker.WorkerApplication;
import io.weir.worker.settings.WorkerSettings;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers share what is gathered for digests, and one comes and goes while requests are gathered. */
class DigestRebalanceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int RULES = 12;
    /** Fewer than one mail lists, also if all of a rule's fall into one window. */
    private static final int EACH = 18;

    /** Longer than from one report of a worker to the next. */
    private static final String LONG = "12s";

    private static final Pattern PATH = Pattern.compile("(?m)^  (/r\\d+/f\\d+)$");

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    Path directory;

    @AutoClose
    private Requests requests;

    private String settings;
    private final Set<String> sent = new TreeSet<>();

    @BeforeEach
    void start() throws IOException {
        mail.start();
        Files.createDirectories(directory.resolve("root"));
        requests = new Requests(cluster, directory.resolve("root"));
        settings = "mail: { host: 127.0.0.1, port: %d, tls: none, from: weir@example.com, domains: example.com }"
                .formatted(mail.getSmtp().getPort());
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    private WorkerApplication worker(String id) throws Exception {
        var worker = new WorkerApplication(
                Requests.config(id, cluster.connection(), directory, WorkerSettings.parse(settings, "worker.yaml")));
        worker.start();
        assertThat(worker.awaitRunning(LIMIT)).isTrue();
        return worker;
    }

    /**
     * Of each rule a third.
     *
     * @param window for how long they are gathered
     */
    private void send(int third, String window) throws IOException {
        for (int i = third * EACH / 3; i < (third + 1) * EACH / 3; i++) {
            for (int rule = 0; rule < RULES; rule++) {
                String path = "/r" + rule + "/f" + i;
                FileEvent event = requests.file(path);
                var parameters = Map.of("to", List.of("ops@example.com"), "digest", window);
                requests.gather("d" + rule + "-" + i, "r" + rule, "email", parameters, event);
                sent.add(path);
            }
        }
    }

    @Test
    void eachPathIsToldOnceWhileAWorkerComesAndGoes() throws Exception {
        try (WorkerApplication first = worker("w1")) {
            send(0, "4s");
            await().atMost(LIMIT).until(() -> gathered(first) > 0);
            try (WorkerApplication second = worker("w2")) {
                await().atMost(LIMIT).until(() -> gathered(second) > 0);
                send(1, "4s");
            }
            send(2, "4s");
            awaitAllTold();
            // A mail that comes late would be told here.
            List<ConsumerRecord<String, ActionResult>> results =
                    cluster.readUntil(Topics.ACTION_RESULTS, LIMIT, r -> r.size() >= sent.size());
            assertThat(results)
                    .allSatisfy(r -> assertThat(r.value().getOutcome()).isEqualTo("done"));
            assertThat(results).extracting(ConsumerRecord::key).doesNotHaveDuplicates();
        }
        assertThat(told()).as("how often each is told").allSatisfy((path, times) -> assertThat(times)
                .isEqualTo(1));
    }

    @Test
    void afterAKillNoneIsLostAndWhatIsToldAgainIsKnownByItsId() throws Exception {
        Process second = WorkerProcess.start(cluster.connection(), directory, "w2", settings);
        await().atMost(LIMIT).until(() -> !reports("w2").isEmpty());
        try (WorkerApplication first = worker("w1")) {
            send(0, LONG);
            await().atMost(LIMIT).until(() -> gathered(first) > 0 && gatheredByReport("w2") > 0);
            send(1, LONG);
            second.destroyForcibly().waitFor();
            send(2, LONG);
            awaitAllTold();
        } finally {
            second.destroyForcibly().waitFor();
        }
        Map<String, Set<String>> mailsOf = mailsByPath();
        assertThat(mailsOf.values()).allSatisfy(mails -> assertThat(mails).hasSize(1));
    }

    private static long gathered(WorkerApplication worker) {
        return worker.figures().getOrDefault("gathered", 0L);
    }

    private long gatheredByReport(String worker) {
        return reports(worker).stream()
                .mapToLong(status -> status.getFigures().getOrDefault("gathered", 0L))
                .max()
                .orElse(0);
    }

    private List<ComponentStatus> reports(String worker) {
        return cluster.<ComponentStatus>read(Topics.COMPONENTS).stream()
                .filter(record -> record.key().equals("worker/" + worker))
                .map(ConsumerRecord::value)
                .toList();
    }

    private void awaitAllTold() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(told().keySet()).isEqualTo(sent));
    }

    private Map<String, Integer> told() {
        Map<String, Integer> told = new TreeMap<>();
        for (MimeMessage message : mail.getReceivedMessages()) {
            paths(message).forEach(path -> told.merge(path, 1, Integer::sum));
        }
        return told;
    }

    /** The ids of the mails that tell of each path. */
    private Map<String, Set<String>> mailsByPath() throws MessagingException {
        Map<String, Set<String>> mails = new HashMap<>();
        for (MimeMessage message : mail.getReceivedMessages()) {
            for (String path : paths(message)) {
                mails.computeIfAbsent(path, p -> new TreeSet<>()).add(message.getMessageID());
            }
        }
        return mails;
    }

    private static List<String> paths(MimeMessage message) {
        try {
            String body = ((String) message.getContent()).replace("\r\n", "\n");
            return PATH.matcher(body).results().map(match -> match.group(1)).toList();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
