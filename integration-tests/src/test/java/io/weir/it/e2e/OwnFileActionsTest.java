package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules about the very events that their own actions cause, on the whole system and real files: each acts once for each change
 * from outside, also when the agent compares the tree after a restart.
 */
class OwnFileActionsTest {
    private static final int EACH = 5;
    private static final String ANY =
            "[created, modified, written, attributes-changed, moved, moved-in, moved-out, deleted]";

    private static final List<String> MOVED_IN = List.of("copy", "refresh", "tree", "pile", "latest", "gone", "kept");

    /** Each watches all that it does, and is triggered by a kind of change that is one event. */
    private static final String RULES =
            """
            rules:
              - id: tidy
                on: attributes-changed
                when: { path: "/{tidy,tidy/**}" }
                actions: [chmod: { mode: "u=rwX,go=", recursive: true }]
              - id: give
                on: attributes-changed
                when: { path: "/give/**" }
                actions: [chown: { owner: "77", group: "78" }]
              - id: copy
                on: %1$s
                when: { path: "/copy/**" }
                actions: [copy: { to: /copy/copies/, on-exists: number }]
              - id: refresh
                on: %1$s
                when: { path: "/refresh/**" }
                actions: [copy: { to: /refresh/latest, on-exists: replace }]
              - id: tree
                on: %1$s
                when: { path: "/tree/**" }
                actions: [copy: { to: /tree/copies/, recursive: true, on-exists: number }]
              - id: pile
                on: %1$s
                when: { path: "/pile/**" }
                actions: [move: { to: /pile/, on-exists: number }]
              - id: latest
                on: %1$s
                when: { path: "/latest/**" }
                actions: [move: { to: /latest/current, on-exists: replace }]
              - id: gone
                on: %1$s
                when: { path: "/gone/**" }
                actions: [delete: { confirm: true, keep: 0 }]
              - id: kept
                on: %1$s
                when: { path: "/{kept,.quarantine}/**", kind: file }
                actions: [delete: { confirm: true }]
            """
                    .formatted(ANY);

    @TempDir
    Path home;

    private Path in;

    @BeforeEach
    void files() throws IOException {
        assumeTrue(Files.getAttribute(home, "unix:uid").equals(0), "only root gives files away");
        in = Files.createDirectory(home.resolve("in"));
        for (String directory :
                List.of("tidy", "give", "stage", "copy", "refresh", "tree", "pile", "latest", "gone", "kept")) {
            Files.createDirectory(in.resolve(directory));
        }
        Files.setAttribute(in.resolve("tidy"), "unix:mode", 0700);
        for (int i = 0; i < EACH; i++) {
            Files.setAttribute(Files.writeString(in.resolve("tidy/" + i), "x"), "unix:mode", 0600);
            Path given = Files.writeString(in.resolve("give/" + i), "x");
            Files.setAttribute(given, "unix:uid", 77);
            Files.setAttribute(given, "unix:gid", 78);
            for (String kind : MOVED_IN) {
                Files.createDirectory(in.resolve(kind + "/in" + i));
            }
            for (String kind : List.of("copy", "refresh", "pile", "latest", "gone", "kept")) {
                Files.createDirectory(in.resolve("stage/" + kind + i));
                Files.writeString(in.resolve("stage/" + kind + i + "/file"), kind + i);
            }
            Files.createDirectories(in.resolve("stage/tree" + i + "/file/below"));
            Files.writeString(in.resolve("stage/tree" + i + "/file/below/x"), "x");
        }
        Files.writeString(home.resolve("rules.yaml"), RULES);
    }

    @Test
    void eachActsOnceForEachForeignChange() throws IOException {
        Map<String, Integer> expected = new TreeMap<>();
        Stream.of("tidy", "give", "copy", "refresh", "tree", "pile", "latest", "gone", "kept")
                .forEach(rule -> expected.put(rule, EACH));
        try (WeirProcess weir = start()) {
            for (int i = 0; i < EACH; i++) {
                change(i);
                int round = i + 1;
                awaitActions(weir, expected.keySet(), round);
            }
            awaitRest(weir);
            assertThat(actions(weir)).as(weir::transcript).isEqualTo(expected);
            assertThat(weir.lines("action"))
                    .allSatisfy(
                            line -> assertThat(line.path("outcome").asText()).isEqualTo("done"));
            assertThat(weir.terminate()).as(weir.transcript()).isZero();
        }
        assertThat(names("copy/copies")).containsExactlyInAnyOrder("file", "file.1", "file.2", "file.3", "file.4");
        assertThat(names("pile")).containsExactlyInAnyOrder("file", "file.1", "file.2", "file.3", "file.4");
        assertThat(names("tree/copies")).containsExactlyInAnyOrder("file", "file.1", "file.2", "file.3", "file.4");
        assertThat(in.resolve("latest/current")).hasContent("latest4");
        assertThat(in.resolve("refresh/latest")).hasContent("refresh4");
        for (String kind : List.of("gone", "kept", "latest", "pile")) {
            assertThat(names(kind + "/in0")).isEmpty();
        }

        try (WeirProcess again = start()) {
            awaitRest(again);
            assertThat(actions(again))
                    .as(() -> "the tree is compared with what was known\n" + again.transcript())
                    .isEmpty();
        }
    }

    private WeirProcess start() {
        return WeirProcess.start(home, "up", "--json", "--watch", "in", "-r", "--rules", "rules.yaml")
                .awaitReady();
    }

    /** One event for each rule: attributes that are changed, and things that are moved in from beside. */
    private void change(int i) throws IOException {
        if (i % 2 == 0) {
            Files.setAttribute(in.resolve("tidy/" + i), "unix:mode", 0666);
        } else {
            Files.setAttribute(in.resolve("tidy"), "unix:mode", 0777);
        }
        Files.setAttribute(in.resolve("give/" + i), "unix:uid", 5);
        for (String kind : MOVED_IN) {
            Files.move(in.resolve("stage/" + kind + i + "/file"), in.resolve(kind + "/in" + i + "/file"));
        }
    }

    private static Map<String, Integer> actions(WeirProcess weir) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode line : weir.lines("action")) {
            counts.merge(line.path("rule").asText(), 1, Integer::sum);
        }
        return counts;
    }

    private static void awaitActions(WeirProcess weir, Iterable<String> rules, int count) {
        Awaitility.await().atMost(WeirProcess.PATIENCE).untilAsserted(() -> assertThat(rules)
                .allSatisfy(rule -> assertThat(actions(weir).getOrDefault(rule, 0))
                        .as("%s in %s", rule, weir.transcript())
                        .isGreaterThanOrEqualTo(count)));
    }

    /** Nothing new is said for a while. */
    private static void awaitRest(WeirProcess weir) {
        int[] before = {-1};
        Awaitility.await()
                .atMost(WeirProcess.PATIENCE)
                .pollInterval(Duration.ofSeconds(3))
                .until(() -> before[0] == (before[0] = weir.lines().size()));
    }

    private List<String> names(String directory) {
        try (Stream<Path> files = Files.list(in.resolve(directory))) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> !name.matches("in[0-9]"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
