package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.Left;
import io.weir.agent.source.Observation.Order;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stream tells of a file after the file was read, or lost. */
class ReadAheadTest {
    private final Bench bench = new Bench();
    private String file = "";

    @BeforeEach
    void aFile() {
        bench.files.drop("/a", 1);
        bench.start().drain().news();
        file = bench.files.stat(bench.files.place("/a")).orElseThrow().fileId();
    }

    @Test
    void whatAnotherActionMovedBackIsItsDoingThoughTheStreamLostBoth() {
        Effect there = new Effect.Move("/a", "/b", file);
        Effect back = new Effect.Move("/b", "/a", file);
        bench.marks.begin("act", 1, "w", there);
        bench.drain();
        bench.files.move("/a", "/b");
        bench.marks.begin("back", 1, "w", back);
        bench.files.move("/b", "/a");
        bench.files.overflow();
        bench.marks.end("act", 1, there);
        bench.marks.end("back", 1, back);
        assertThat(bench.drain().news()).containsExactly("moved /a -> /b?*", "moved /b -> /a?*");
    }

    @Test
    void anotherFileThatIsFoundWhereAnActionMovedOneIsSomebodyElses() {
        bench.marks.begin("act", 1, "w", new Effect.Move("/a", "/b", file));
        bench.drain();
        bench.files.move("/a", "/b");
        bench.files.create("/d");
        bench.files.move("/d", "/b");
        bench.files.overflow();
        assertThat(bench.scan(ScanReason.REPAIR).news()).contains("created /b?");
    }

    @Test
    void whatWasToldAheadOfTheStreamIsNoNewsThoughItHasMovedOnSince() {
        Place there = bench.files.place("/q/a");
        bench.marks.begin("act", 1, "w", new Effect.Create("/q", true), new Effect.Move("/a", "/q/a", file));
        bench.files.mkdir("/q");
        bench.drain().news();
        bench.files.watched(false);
        bench.files.move("/a", "/q/a");
        bench.take(new ScanStarted(1, bench.files.place("/q"), ScanReason.CREATED_DIRECTORY));
        bench.take(new Left(1, bench.files.place("/a"), List.of()));
        bench.files.move("/q/a", "/q/b");
        bench.take(new Change(1, EventType.MOVED_IN, there, null, false, null));
        assertThat(bench.news()).containsExactly("moved /a -> /q/a*");
        bench.take(new Change(1, EventType.MOVED_IN, there, null, false, null));
        assertThat(bench.news()).containsExactly("moved-in /q/a");
    }

    @Test
    void whatWasFoundElsewhereAndCameBackIsComparedWhereItIs() {
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        bench.marks.begin("act", 1, "w", new Effect.Move("/a", "/b", file));
        bench.files.move("/a", "/b");
        bench.files.write("/b", 2);
        bench.files.overflow();
        Place there = bench.files.place("/b");
        Found found = new Found(1, there, bench.files.stat(there).orElseThrow(), ScanReason.REPAIR);
        bench.files.move("/b", "/a");
        bench.take(found);
        assertThat(bench.drain().pass(300).news()).containsExactly("moved /b -> /a", "written /a?");
    }

    private Change attributes(Order order) {
        Place place = bench.files.place("/a");
        FileStat now = bench.files.stat(place).orElseThrow();
        return new Change(1, EventType.ATTRIBUTES_CHANGED, place, null, false, now, order);
    }

    private void aProgramSetsTheModeAfterTwoEventsOfWhichOneIsTold() {
        bench.files.chown("/a", 5, 5);
        bench.take(attributes(new Order(1, 2)));
        assertThat(bench.news()).containsExactly("attributes-changed /a");
        bench.marks.begin("run", 1, "w", new Effect.Scope(List.of("/**")));
        bench.files.chmod("/a", 0600);
    }

    @Test
    void anEventQueuedBeforeTheFileWasReadIsNoNewsThoughAProgramHasChangedTheFileSince() {
        aProgramSetsTheModeAfterTwoEventsOfWhichOneIsTold();
        bench.take(attributes(new Order(2, 3)));
        assertThat(bench.news()).isEmpty();
    }

    @Test
    void anEventQueuedLaterIsForeignWhateverAProgramHasChanged() {
        aProgramSetsTheModeAfterTwoEventsOfWhichOneIsTold();
        bench.take(attributes(new Order(3, 3)));
        assertThat(bench.news()).containsExactly("attributes-changed /a");
    }

    @Test
    void afterALossTheStreamCountsAnew() {
        bench.files.chown("/a", 5, 5);
        bench.take(attributes(new Order(1, 9)));
        bench.files.overflow();
        bench.scan(ScanReason.REPAIR).drain().news();
        bench.files.chown("/a", 6, 6);
        bench.take(attributes(new Order(2, 2)));
        assertThat(bench.news()).containsExactly("attributes-changed /a");
    }
}
