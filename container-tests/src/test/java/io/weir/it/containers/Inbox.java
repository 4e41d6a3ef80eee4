package io.weir.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The watched directory: what was put into it, and whether each of that was acted on, once. */
final class Inbox {
    private static final String ALL = "100000";

    private final Path directory;
    private final Compose compose;
    /** Paths within the volume. */
    private final TreeSet<String> put = new TreeSet<>();

    Inbox(Path directory, Compose compose) {
        this.directory = directory;
        this.compose = compose;
    }

    /** A file that the rules of examples/rules.yaml quarantine. */
    void put(String path) {
        Path file = directory.resolve(path.substring(1));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content of " + path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        put.add(path);
    }

    int size() {
        return put.size();
    }

    /** Where the rule brings a file. */
    private Path quarantined(String path) {
        return directory.resolve(".quarantine" + path);
    }

    void awaitQuarantined() {
        compose.until("all " + put.size() + " files are in quarantine", () -> assertThat(put.stream()
                        .filter(path -> !Files.exists(quarantined(path)))
                        .toList())
                .isEmpty());
    }

    /** That each file was told, judged and acted on once, and nothing else was. */
    void assertEachOnce() throws IOException {
        List<JsonNode> actions = new ArrayList<>();
        compose.until("each action has its result", () -> {
            actions.clear();
            actions.addAll(compose.weir("actions", "tail", "-o", "json", "-n", ALL));
            assertThat(values(actions, "path")).isEqualTo(put);
        });
        assertThat(values(actions, "outcome")).containsExactly("done");
        // A result may be told once more, as it was, where a worker died before it could note that Kafka has it.
        assertThat(values(actions, "actionId")).hasSameSizeAs(put);
        List<JsonNode> matches = compose.weir("decisions", "tail", "-o", "json", "-n", ALL, "--outcome", "matched");
        assertThat(paths(matches)).containsExactlyElementsOf(put);
        List<JsonNode> written = compose.weir("events", "tail", "-o", "json", "-n", ALL, "--type", "written").stream()
                .filter(event -> !event.has("causationId"))
                .toList();
        assertThat(values(written, "path")).isEqualTo(put);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().contains("/.weir/"))
                            .collect(Collectors.toSet()))
                    .isEqualTo(put.stream().map(this::quarantined).collect(Collectors.toSet()));
        }
    }

    private static List<String> paths(List<JsonNode> lines) {
        return lines.stream().map(line -> line.path("path").asText()).sorted().toList();
    }

    private static Set<String> values(List<JsonNode> lines, String field) {
        Function<JsonNode, String> value = line -> line.path(field).asText();
        return lines.stream().map(value).collect(Collectors.toCollection(TreeSet::new));
    }
}
