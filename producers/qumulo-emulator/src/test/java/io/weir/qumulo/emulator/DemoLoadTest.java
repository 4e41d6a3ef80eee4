package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoLoadTest extends EmulatorTest {
    @Test
    void theSameSeedGivesTheSameTree() throws IOException {
        try (QumuloEmulator other = QumuloEmulator.start()) {
            other.tree().createDirectory("/in");
            other.tree().createDirectory("/done");
            assertThat(paths(other)).isEqualTo(paths(cluster)).hasSizeGreaterThan(1500);
        }
    }

    private static Set<String> paths(QumuloEmulator emulator) {
        try (var load = new DemoLoad(emulator.tree(), 7)) {
            load.createFiles(1500);
            for (int i = 0; i < 1000; i++) {
                load.change();
            }
        }
        return emulator.tree().state().paths().keySet();
    }

    @Test
    void itGoesOnWhenSomebodyElseDeletesItsFiles() {
        try (var load = new DemoLoad(tree, 7)) {
            load.createFiles(10);
            tree.deleteTree("/demo");
            tree.createDirectories("/demo/moved");
            for (int i = 0; i < 100; i++) {
                load.change();
            }
        }
        assertThat(tree.state().paths()).hasSizeGreaterThan(10);
    }

    @Test
    void itChangesFilesAtItsOwnPace() throws IOException {
        try (Stream stream = client.watch("/", "recursive=true&filter=child_file_added");
                var load = new DemoLoad(tree, 7)) {
            load.start(1000);
            for (int i = 0; i < 20; i++) {
                assertThat(stream.array().get(0).get("path").asText()).startsWith("demo/");
            }
        }
        await().until(() -> cluster.streams().count() == 0);
    }
}
