package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The action of examples/action-module, built from its sources and used as its README says. */
class ExampleModuleTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "action-module");

    private static final String RULES =
            """
            rules:
              - id: hide-keys
                on: written
                when: { extension: key, path: "/*" }
                actions: [ { hide: { below: /.hidden } } ]
            """;

    @TempDir
    Path home;

    @Test
    void anActionOfOnesOwnHasMarksJournalAndUndo() throws Exception {
        Path classes = built();
        Path in = Files.createDirectory(home.resolve("in"));
        Files.writeString(home.resolve("rules.yaml"), RULES);
        try (WeirProcess weir = WeirProcess.start(
                home, List.of(classes), "up", "--json", "--watch", "in", "-r", "--rules", "rules.yaml")) {
            weir.awaitReady();
            Files.writeString(in.resolve("secret.key"), "k");
            String action = weir.awaitLine(
                            "action", a -> a.path("outcome").asText().equals("done"))
                    .path("actionId")
                    .asText();
            assertThat(in.resolve(".hidden/.secret.key")).exists();
            weir.awaitLine("suppressed", s -> s.path("path").asText().equals("/.hidden/.secret.key"));

            try (WeirProcess undo = WeirProcess.start(home, List.of(classes), "undo", action)) {
                assertThat(undo.awaitExit()).as(undo::transcript).isZero();
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(in.resolve("secret.key")));
            assertThat(in.resolve(".hidden")).doesNotExist();
        }
    }

    private Path built() throws IOException {
        Path classes = Files.createDirectory(home.resolve("classes"));
        Path source = EXAMPLE.resolve("src/com/example/weir/Hide.java");
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(code).isZero();
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        try (Stream<Path> files = Files.list(EXAMPLE.resolve("META-INF/services"))) {
            for (Path file : files.toList()) {
                Files.copy(file, services.resolve(file.getFileName().toString()));
            }
        }
        return classes;
    }
}
