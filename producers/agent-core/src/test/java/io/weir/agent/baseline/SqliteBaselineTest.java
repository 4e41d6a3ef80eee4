package io.weir.agent.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.Place;
import io.weir.agent.spool.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBaselineTest extends BaselineContract {
    @TempDir
    Path directory;

    private final Store memory = Store.inMemory();

    @Override
    Baseline baseline() {
        return new SqliteBaseline(memory.connection());
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void whatIsCommittedOutlivesTheProcessAndWhatIsNotDoesNot() {
        Entry kept;
        try (Store store = Store.open(directory)) {
            Baseline baseline = new SqliteBaseline(store.connection());
            kept = baseline.add(new Place("vol", "/kept"), stat(1, "file"), Flag.SILENT);
            store.commit();
            baseline.add(new Place("vol", "/lost"), stat(2, "file"));
            store.rollback();
        }
        try (Store store = Store.open(directory)) {
            Baseline baseline = new SqliteBaseline(store.connection());
            assertThat(baseline.find(new Place("vol", "/kept"))).contains(kept);
            assertThat(baseline.find(new Place("vol", "/lost"))).isEmpty();
            assertThat(baseline.add(new Place("vol", "/next"), stat(3, "file")).id())
                    .isGreaterThan(kept.id());
        }
    }
}
