package io.weir.qumulo.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.qumulo.emulator.tree.FileTree;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A cluster with the directories {@code /in} and {@code /done}, and a client that is logged in. */
abstract class EmulatorTest {
    QumuloEmulator cluster;
    FileTree tree;
    Client client;

    @BeforeEach
    void start() throws IOException {
        cluster = QumuloEmulator.start();
        cluster.accounts().grant("t");
        tree = cluster.tree();
        tree.createDirectory("/in");
        tree.createDirectory("/done");
        client = new Client(cluster.uri(), "t");
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    String id(String path) {
        return String.valueOf(tree.state().find(path).orElseThrow().id());
    }
}
