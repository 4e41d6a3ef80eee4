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
            SqliteBaseline baseline = new SqliteBaseline(store.connection());
            store.beforeCommit(baseline::flush);
            kept = baseline.add(new Place("vol", "/kept"), stat(1, "file"), Flag.SILENT);
            store.commit();
            baseline.add(new Place("vol", "/lost"), stat(2, "file"));
            baseline.flush();
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

    @Test
    void whatIsNotWrittenYetIsFoundByPlaceAndByFile() {
        SqliteBaseline baseline = new SqliteBaseline(memory.connection());
        Entry old = baseline.add(new Place("vol", "/old"), stat(1, "file"));
        baseline.flush();
        Entry changed = old.withKnown(stat(2, "file"));
        baseline.save(changed);
        Entry moved = baseline.move(changed, new Place("vol", "/d/moved"));
        Entry added = baseline.add(new Place("vol", "/old"), stat(1, "file"));

        assertThat(baseline.find(new Place("vol", "/d/moved"))).contains(moved);
        assertThat(baseline.find(new Place("vol", "/old"))).contains(added);
        assertThat(baseline.byFileId("8:1")).containsExactly(added);
        assertThat(baseline.byFileId("8:2")).containsExactly(moved);
        baseline.flush();
        assertThat(new SqliteBaseline(memory.connection()).find(new Place("vol", "/d/moved")))
                .contains(moved);
    }

    @Test
    void whatWasAddedAndRemovedBeforeItWasWrittenIsGone() {
        SqliteBaseline baseline = new SqliteBaseline(memory.connection());
        Entry directory = baseline.add(new Place("vol", "/d"), stat(1, "directory"));
        baseline.add(new Place("vol", "/d/f"), stat(2, "file"));
        baseline.remove(directory);
        baseline.flush();
        assertThat(baseline.find(new Place("vol", "/d"))).isEmpty();
        assertThat(baseline.byFileId("8:2")).isEmpty();
    }

    @Test
    void moreEntriesThanAreKeptInMemoryAreAllFoundAgain() {
        SqliteBaseline baseline = new SqliteBaseline(memory.connection());
        Entry early = baseline.add(new Place("vol", "/early"), stat(1, "file"));
        baseline.flush();
        baseline.save(early.with(Flag.UNCLOSED));
        for (int i = 2; i < 25_000; i++) {
            baseline.add(new Place("vol", "/d" + i % 100 + "/f" + i), stat(i, "file"));
            if (i % 9_000 == 0) {
                baseline.flush();
            }
        }
        assertThat(baseline.find(new Place("vol", "/early")))
                .hasValueSatisfying(e -> assertThat(e.is(Flag.UNCLOSED)).isTrue());
        assertThat(baseline.find(new Place("vol", "/d2/f2"))).isPresent();
        assertThat(baseline.find(new Place("vol", "/d2/f3"))).isEmpty();
    }

    @Test
    void aDirectoryThatIsReadWholeShowsWhatIsNotWrittenYetAndNotWhatWentElsewhere() {
        SqliteBaseline first = new SqliteBaseline(memory.connection());
        for (int i = 1; i <= 6_000; i++) {
            first.add(new Place("vol", "/d/f" + i), stat(i, "file"));
        }
        first.flush();
        SqliteBaseline baseline = new SqliteBaseline(memory.connection());
        Entry one = baseline.find(new Place("vol", "/d/f1")).orElseThrow();
        baseline.save(one.with(Flag.UNCLOSED));
        baseline.move(baseline.find(new Place("vol", "/d/f2")).orElseThrow(), new Place("vol", "/e/f2"));
        baseline.remove(baseline.find(new Place("vol", "/d/f3")).orElseThrow());
        Entry added = baseline.add(new Place("vol", "/d/f3"), stat(9_999, "file"));
        for (int i = 4; i <= 6_000; i++) {
            assertThat(baseline.find(new Place("vol", "/d/f" + i))).as("f%d", i).isPresent();
        }
        assertThat(baseline.find(new Place("vol", "/d/f1"))).contains(one.with(Flag.UNCLOSED));
        assertThat(baseline.find(new Place("vol", "/d/f2"))).isEmpty();
        assertThat(baseline.find(new Place("vol", "/e/f2"))).isPresent();
        assertThat(baseline.find(new Place("vol", "/d/f3"))).contains(added);
    }
}
