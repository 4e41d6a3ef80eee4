package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private final Bench bench = new Bench().start();

    @Test
    void ofNamesThatAreExchangedOneFileMovesAndTheOtherComesIn() {
        bench.files.drop("/a", 1);
        bench.files.drop("/b", 2);
        bench.drain().news();
        bench.files.exchange("/a", "/b");
        bench.drain();
        assertThat(bench.drafts)
                .extracting(d -> Objects.requireNonNull(d.stat()).size())
                .containsExactly(1L, 2L);
        assertThat(bench.news()).containsExactly("moved /a -> /b", "moved-in /a");

        bench.files.write("/a", 3);
        bench.files.close("/a");
        bench.files.delete("/b");
        assertThat(bench.drain().news()).containsExactly("modified /a", "written /a", "deleted /b");
    }

    @Test
    void directoriesThatAreExchangedKeepWhatIsInThem() {
        bench.files.mkdir("/a");
        bench.files.drop("/a/f", 1);
        bench.files.mkdir("/b");
        bench.files.drop("/b/g", 1);
        bench.drain().news();
        bench.files.exchange("/a", "/b");
        bench.files.move("/a", "/c"); // by the time that the exchange is read, neither is where it went
        bench.files.move("/b", "/d");
        assertThat(bench.drain().news())
                .containsExactly("moved /a -> /b", "moved-in /a", "moved-in /a/g", "moved /a -> /c", "moved /b -> /d");
        bench.files.delete("/c/g");
        bench.files.delete("/d/f");
        assertThat(bench.drain().news()).containsExactly("deleted /c/g", "deleted /d/f");
    }

    @Test
    void aMoveThatReplacesAFileAndOneBackAreNoExchange() {
        bench.files.drop("/a", 1);
        bench.files.drop("/b", 2);
        bench.drain().news();
        bench.files.move("/a", "/b");
        bench.files.move("/b", "/a");
        assertThat(bench.drain().news()).containsExactly("moved /a -> /b", "moved /b -> /a");
        bench.files.drop("/b", 3);
        assertThat(bench.drain().news()).containsExactly("created /b", "modified /b", "written /b");
    }

    @Test
    void aMoveOntoWhatWentUnseenAndOneBackAreNoExchange() {
        bench.files.moveIn("/b", "fifo", 0);
        bench.drain().news();
        bench.kill();
        bench.files.delete("/b");
        bench.files.watched(true);
        List<Observation> scan = bench.files.scan(ScanReason.START);
        bench.take(scan.get(0));
        bench.files.mkdir("/a");
        bench.files.move("/a", "/b"); // what the baseline has there the scan is still to look for
        bench.files.move("/b", "/a");
        bench.drain();
        scan.subList(1, scan.size()).forEach(bench::take);
        assertThat(bench.news())
                .containsExactly("gap / agent-stopped over", "created /a", "moved /a -> /b", "moved /b -> /a");
    }

    @Test
    void aMoveOntoADirectoryThatWasReadTooLateAndOneBackAreNoExchange() {
        bench.files.mkdir("/a");
        bench.files.drop("/a/f", 1);
        bench.drain().news();
        bench.files.mkdir("/b");
        bench.files.delete("/b"); // in truth replaced by what comes: at the end of its life it is not told
        assertThat(bench.files.take()).isPresent();
        bench.files.move("/a", "/b");
        bench.take(new Observation.Change(1, "created", bench.files.place("/b"), null, true, stat("/b")));
        assertThat(bench.files.take()).isPresent(); // of the deletion
        bench.files.move("/b", "/a");
        assertThat(bench.drain().news()).containsExactly("created /b", "moved /a -> /b", "moved /b -> /a");
        bench.files.delete("/a/f");
        assertThat(bench.drain().news()).containsExactly("deleted /a/f");
    }

    private FileStat stat(String path) {
        return bench.files.stat(bench.files.place(path)).orElseThrow();
    }

    @Test
    void anExchangeWithANameThatIsNotWatchedIsOneComing() {
        bench.files.drop("/a", 1);
        bench.drain().news();
        bench.files.moveIn("/a", "file", 7);
        bench.take(new Observation.Change(1, "moved-out", bench.files.place("/never"), null, false, null));
        bench.drain();
        bench.take(new Observation.Change(1, "moved-out", bench.files.place("/a"), null, false, null));
        assertThat(bench.news()).containsExactly("moved-in /a");
        bench.files.moveOut("/a");
        assertThat(bench.drain().news()).containsExactly("moved-out /a");
    }

    @Test
    void afterAKillBetweenTheHalvesBothFilesAreWhereTheyWent() {
        bench.files.drop("/a", 1);
        bench.files.drop("/b", 2);
        bench.drain().news();
        bench.files.exchange("/a", "/b");
        bench.one();
        bench.kill();
        assertThat(bench.news()).containsExactly("moved /a -> /b", "moved-in /a");
        assertThat(bench.start().news()).containsExactly("gap / agent-stopped over");
    }
}
