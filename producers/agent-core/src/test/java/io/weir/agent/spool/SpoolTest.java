package io.weir.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.SpooledEvent;
import io.weir.agent.baseline.StoreException;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.Gap;
import io.weir.schemas.topic.Causation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path directory;

    private static SpooledEvent event(Spool spool) {
        long sequence = spool.takeSequence();
        Instant time = Instant.ofEpochSecond(1, 1000);
        FileState state = new FileState("8:1", "file", 5L, 0644, "me", "us", 1L, 2L, 1L, 3L, 4L, null);
        return new SpooledEvent(
                new FileEvent(
                        "moved",
                        "vol",
                        "/b/x" + sequence,
                        "/a/x" + sequence,
                        null,
                        "agent",
                        spool.epoch(),
                        sequence,
                        time,
                        "live",
                        "host",
                        ByteBuffer.wrap(new byte[] {'/', (byte) 0xE9}),
                        null,
                        state,
                        null,
                        new Gap("overflow", "detail", time, null),
                        null),
                sequence % 2 == 0
                        ? Optional.of(new Causation("action", "root", 2).by(Causation.Evidence.SCOPE))
                        : Optional.empty());
    }

    @Test
    void eventsComeBackAsTheyWereInOrder() {
        try (Store store = Store.open(directory)) {
            Spool spool = new Spool(store, 42);
            List<SpooledEvent> events =
                    Stream.generate(() -> event(spool)).limit(5).toList();
            events.forEach(spool::append);
            store.commit();
            try (SpoolReader reader = new SpoolReader(store)) {
                assertThat(reader.after(0, 3)).isEqualTo(events.subList(0, 3));
                assertThat(reader.after(3, 100)).isEqualTo(events.subList(3, 5));
            }
            assertThat(spool.depth()).isEqualTo(5);
            spool.deleteThrough(5);
            assertThat(spool.depth()).isZero();
            assertThat(spool.bytes()).isZero();
        }
    }

    @Test
    void aSpoolOfAnOlderAgentGoesOn() throws SQLException {
        try (Store store = Store.open(directory)) {
            try (Statement statement = store.connection().createStatement()) {
                statement.executeUpdate("CREATE TABLE spool(seq INTEGER PRIMARY KEY, schema INTEGER NOT NULL,"
                        + " causation TEXT, correlation TEXT, depth INTEGER, event BLOB NOT NULL)");
            }
            Spool spool = new Spool(store, 42);
            spool.takeSequence();
            SpooledEvent caused = event(spool);
            spool.append(caused);
            store.commit();
            try (SpoolReader reader = new SpoolReader(store)) {
                assertThat(reader.after(0, 3)).containsExactly(caused);
            }
        }
    }

    @Test
    void numbersGoOnAndTheEpochStaysUntilTheStoreIsLost() throws IOException {
        try (Store store = Store.open(directory)) {
            Spool spool = new Spool(store, 42);
            spool.append(event(spool));
            spool.append(event(spool));
            spool.deleteThrough(2);
            spool.keepNumbers();
            store.commit();
        }
        try (Store store = Store.open(directory)) {
            Spool spool = new Spool(store, 43);
            assertThat(spool.epoch()).isEqualTo(42);
            assertThat(spool.nextSequence()).isEqualTo(3);
        }
        Files.delete(directory.resolve("agent.db"));
        try (Store store = Store.open(directory)) {
            Spool spool = new Spool(store, 43);
            assertThat(spool.epoch()).isEqualTo(43);
            assertThat(spool.nextSequence()).isEqualTo(1);
        }
    }

    @Test
    void aMoveAcrossDirectoriesHasAnOtherHalf() {
        try (Store store = Store.inMemory()) {
            SpooledEvent event = event(new Spool(store, 1));
            assertThat(event.key()).isEqualTo("vol:/b");
            assertThat(event.sourceKey()).contains("vol:/a");
            FileEvent half = event.sourceHalf().orElseThrow();
            assertThat(half.getHalf()).isEqualTo("source");
            assertThat(half.getSequence()).isEqualTo(event.sequence());
        }
    }

    @Test
    void theNativeLibraryLeavesNoFilesBehind() throws IOException {
        try (Store store = Store.open(directory)) {
            new Spool(store, 1);
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files.map(p -> p.getFileName().toString()))
                        .noneMatch(n -> n.contains("native") || n.contains("sqlite-"));
            }
        }
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefusedWithItsName() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> Store.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("data directory='" + file + "'");
    }

    @Test
    void metaValuesAreForgottenByPrefix() {
        try (Store store = Store.inMemory()) {
            LongStream.range(0, 3).forEach(i -> store.meta("seen:a." + i, "x"));
            store.meta("seen:ab.1", "x");
            store.forgetMeta("seen:a.");
            assertThat(store.meta("seen:a.1")).isEmpty();
            assertThat(store.meta("seen:ab.1")).contains("x");
        }
    }
}
