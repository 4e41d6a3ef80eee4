package io.weir.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.intake.Draft;
import io.weir.agent.intake.EventType;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.KnownFiles;
import io.weir.agent.marks.MarkFlow;
import io.weir.agent.marks.MemorySeenEffects;
import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Located;
import io.weir.agent.source.MarksDirectory;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Checkpoint;
import io.weir.agent.source.Observation.Difference;
import io.weir.agent.source.Observation.GapClosed;
import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.Observation.MarkSeen;
import io.weir.agent.source.Observation.Overlap;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Observation.Side;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.agent.source.Place;
import io.weir.agent.spool.Store;
import io.weir.rules.Glob;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.MarkCodec;
import io.weir.schemas.marks.MarkName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StreamIntakeTest {
    private static final Effect MODE = new Effect.SetFields("/f", "10", Map.of("mode", "0600"), false);

    @AutoClose
    private final Store store = Store.inMemory();

    private final Marks marks = new Marks();
    private final Set<String> dead = new HashSet<>();
    private final MarkFlow flow = new MarkFlow(Map.of("nas", marks), mark -> !dead.contains(mark.lock()), 1);
    private final Map<String, Located> files = new HashMap<>();
    private final List<Draft> told = new ArrayList<>();
    private final StreamIntake intake = new StreamIntake(
            new ToldFiles(store.connection()),
            new CausationJudge(flow, new MemorySeenEffects(), glob -> Glob.compile(glob)::matches, KnownFiles.NONE),
            flow,
            told::add,
            new Files(),
            new History());

    private static final class Marks implements MarksDirectory {
        private final Map<String, byte[]> files = new HashMap<>();

        @Override
        public List<String> names() {
            return List.copyOf(files.keySet());
        }

        @Override
        public Optional<byte[]> read(String name) {
            return Optional.ofNullable(files.get(name));
        }

        @Override
        public Optional<String> identity(String name) {
            return read(name).map(bytes -> name);
        }

        @Override
        public void put(String name, byte[] content) {
            files.put(name, content);
        }

        @Override
        public void delete(String name) {
            files.remove(name);
        }
    }

    private final class Files implements Reader {
        @Override
        public Optional<FileStat> stat(Place place) {
            return files.values().stream()
                    .filter(file -> file.place().equals(place))
                    .map(Located::stat)
                    .findFirst();
        }

        @Override
        public Optional<Located> find(String fileId) {
            return Optional.ofNullable(files.get(fileId));
        }

        @Override
        public boolean wasCompared(String fileId) {
            return files.containsKey(fileId);
        }
    }

    private static final class History implements StreamIntake.History {
        @Override
        public OptionalLong lastAlive() {
            return OptionalLong.empty();
        }

        @Override
        public Optional<String> checkpoint() {
            return Optional.of("1");
        }

        @Override
        public void checkpoint(String id) {
            // Not asked for again.
        }
    }

    private static Place place(String path) {
        return new Place("nas", path);
    }

    /** Directories are told apart by their paths here: none is renamed. */
    private static FileIdentity id(String file, String path) {
        return new FileIdentity(file, "directory of " + path.substring(0, path.lastIndexOf('/')), false);
    }

    /** A file as it is now; its change time tells one state from another. */
    private FileStat is(String file, String path, int mode, long uid, long changed) {
        var stat = new FileStat(file, "file", 0, mode, uid, 0, 1, 0, changed, 0);
        files.put(file, new Located(place(path), stat));
        return stat;
    }

    private void take(Observation observation) {
        intake.take(observation, 0);
    }

    private void event(String type, String path, String file) {
        event(type, path, file, Overlap.NONE);
    }

    private void event(String type, String path, String file, Overlap overlap) {
        take(new StreamEvent(1, type, place(path), null, id(file, path), null, null, overlap));
    }

    private void moved(String from, String to, String file, Overlap overlap) {
        take(new StreamEvent(1, EventType.MOVED, place(to), place(from), id(file, to), id(file, from), null, overlap));
    }

    private void begin(String action, Effect... effects) {
        String name = new MarkName(action, 1, MarkName.Phase.BEGIN).fileName();
        marks.put(name, MarkCodec.encode(new BeginMark(action, 1, "nas", "first", 1, "w", "/lock", List.of(effects))));
        take(new MarkSeen(1, "nas", name));
    }

    private void end(String action, Effect... done) {
        String name = new MarkName(action, 1, MarkName.Phase.END).fileName();
        marks.put(name, MarkCodec.encode(new EndMark(action, 1, "nas", "w", List.of(done))));
        take(new MarkSeen(1, "nas", name));
    }

    private void breaks() {
        take(new GapOpened(1, place("/"), "disconnected", ""));
        take(new ScanStarted(1, place("/"), ScanReason.REPAIR));
    }

    private void caughtUp() {
        take(new ScanFinished(1, place("/"), ScanReason.REPAIR, Set.of()));
        take(new GapClosed(1, place("/"), "disconnected"));
    }

    private void differs(@Nullable Side before, @Nullable Side now, String... changes) {
        take(new Difference(1, before, now, List.of(changes)));
    }

    private Side side(String path, String file, int mode, long changed) {
        return new Side(place(path), id(file, path), new FileStat(file, "file", 0, mode, 0, 0, 1, 0, changed, 0));
    }

    /** Type and path; a star where an action did it, a question mark where a comparison shows it. */
    private List<String> lines() {
        return told.stream()
                .filter(draft -> draft.gap() == null)
                .map(draft -> draft.type() + " "
                        + (draft.previous() == null ? "" : draft.previous().path() + " -> ")
                        + draft.place().path()
                        + (draft.reconstructed() ? "?" : "")
                        + (draft.causation().isPresent() ? "*" : ""))
                .toList();
    }

    // Windows

    @Test
    void whatAnActionDeclaresIsItsOwnWithinItsWindow() {
        is("10", "/f", 0644, 0, 1);
        begin("a", MODE);
        is("10", "/f", 0600, 0, 2);
        event(EventType.ACL_CHANGED, "/f", "10");
        end("a", MODE);
        event(EventType.ACL_CHANGED, "/f", "10");
        assertThat(lines()).containsExactly("acl-changed /f*", "acl-changed /f");
    }

    @Test
    void anotherFieldIsSomebodyElses() {
        is("10", "/f", 0644, 0, 1);
        begin("a", MODE);
        event(EventType.OWNER_CHANGED, "/f", "10");
        event(EventType.DATA_WRITTEN, "/f", "10");
        event(EventType.ATTRIBUTES_CHANGED, "/f", "10");
        assertThat(lines()).containsExactly("owner-changed /f", "data-written /f", "attributes-changed /f");
    }

    @Test
    void theSameFieldSetBySomebodyElseIsToldAtTheEndAndOnce() {
        is("10", "/f", 0644, 0, 1);
        begin("a", MODE);
        event(EventType.ACL_CHANGED, "/f", "10");
        is("10", "/f", 0777, 0, 3);
        event(EventType.ACL_CHANGED, "/f", "10");
        end("a", MODE);
        assertThat(lines()).containsExactly("acl-changed /f*", "acl-changed /f*", "acl-changed /f");
    }

    @Test
    void whatTheEndHasToldIsNotToldAgainByItsOwnEvent() {
        is("10", "/f", 0644, 0, 1);
        begin("a", MODE);
        is("10", "/f", 0777, 0, 3); // right after the end mark, and read with it
        end("a", MODE);
        event(EventType.ACL_CHANGED, "/f", "10");
        is("10", "/f", 0755, 0, 4);
        event(EventType.ACL_CHANGED, "/f", "10");
        assertThat(lines()).containsExactly("acl-changed /f", "acl-changed /f");
    }

    @Test
    void aFieldThatIsNotDeclaredIsComparedWithWhatItWas() {
        is("10", "/f", 0644, 7, 1);
        begin("a", MODE);
        is("10", "/f", 0600, 8, 3);
        event(EventType.ACL_CHANGED, "/f", "10"); // of both changes
        end("a", MODE);
        assertThat(lines()).containsExactly("acl-changed /f*", "acl-changed /f");
    }

    @Test
    void declaredMovesAreOwnAndOthersAreNot() {
        begin("a", new Effect.Move("/f", "/q/f", "10"));
        moved("/f", "/q/f", "10", Overlap.NONE);
        moved("/g", "/q/g", "11", Overlap.NONE);
        assertThat(lines()).containsExactly("moved /f -> /q/f*", "moved /g -> /q/g");
    }

    @Test
    void theWindowOfADeadWorkerIsClosed() {
        begin("a", new Effect.Move("/f", "/q/f", "10"));
        flow.endForTheDead();
        assertThat(marks.names()).containsExactly("a.1.begin");
        dead.add("/lock");
        flow.endForTheDead();
        assertThat(marks.names()).contains("a.1.end");
        take(new MarkSeen(1, "nas", "a.1.end"));
        moved("/f", "/q/f", "10", Overlap.NONE);
        assertThat(lines()).containsExactly("moved /f -> /q/f");
    }

    @Test
    void anEventNamesItsFileAlsoWhereItWasNotRead() {
        event(EventType.CREATED, "/f", "10");
        assertThat(told.get(0).fileId()).isEqualTo("10");
        assertThat(told.get(0).stat()).isNull();
    }

    // Breaks

    @Test
    void whatActionsDidDuringABreakIsExplainedByTheirMarks() {
        var begin = new BeginMark(
                "a", 1, "nas", "first", 1, "w", "/lock", List.of(new Effect.Move("/f", "/q/f", "10"), MODE));
        marks.put("a.1.begin", MarkCodec.encode(begin));
        breaks();
        differs(side("/f", "10", 0644, 1), side("/q/f", "10", 0600, 2), EventType.ACL_CHANGED);
        differs(null, side("/new", "11", 0644, 2));
        caughtUp();
        assertThat(lines()).containsExactly("moved /f -> /q/f?*", "acl-changed /q/f?*", "created /new?");
    }

    @Test
    void whatWasToldIsNoNews() {
        event(EventType.CREATED, "/f", "10");
        event(EventType.DELETED, "/g", "11");
        moved("/h", "/i", "12", Overlap.NONE);
        breaks();
        differs(null, side("/f", "10", 0644, 0));
        differs(side("/g", "11", 0644, 1), null);
        differs(side("/h", "12", 0644, 1), side("/i", "12", 0644, 1));
        caughtUp();
        assertThat(lines()).containsExactly("created /f", "deleted /g", "moved /h -> /i");
    }

    @Test
    void whatBecameSinceOfWhatWasToldIsNews() {
        event(EventType.CREATED, "/f", "10");
        event(EventType.CREATED, "/g", "11");
        moved("/h", "/i", "12", Overlap.NONE);
        breaks();
        differs(null, side("/f2", "10", 0644, 0)); // moved on
        differs(side("/h", "12", 0644, 1), null); // deleted
        caughtUp(); // and /g is not there
        assertThat(lines())
                .containsExactly(
                        "created /f", "created /g", "moved /h -> /i", "moved /f -> /f2?", "deleted /i?", "deleted /g?");
    }

    @Test
    void aCheckpointForgetsWhatWasToldBeforeIt() {
        event(EventType.CREATED, "/f", "10");
        take(new Checkpoint(1, "2", false));
        event(EventType.CREATED, "/g", "11");
        take(new Checkpoint(1, "2", true));
        breaks();
        differs(null, side("/f", "10", 0644, 0));
        differs(null, side("/g", "11", 0644, 0));
        caughtUp();
        assertThat(lines()).containsExactly("created /f", "created /g", "created /f?");
        assertThat(intake.checkpoint()).contains("2");
    }

    @Test
    void whatMayHaveChangedSinceAFileWasToldToBeThereIsTold() {
        event(EventType.CREATED, "/f", "10");
        event(EventType.CREATED, "/g", "11");
        breaks();
        differs(null, side("/f", "10", 0600, 5)); // changed after it was made, and nothing was told of that
        differs(null, side("/g", "11", 0644, 0));
        caughtUp();
        assertThat(lines()).containsExactly("created /f", "created /g", "data-written /f?", "acl-changed /f?");
    }

    @Test
    void whatAReadingHasShownIsNotToldAgain() {
        event(EventType.DATA_WRITTEN, "/f", "10");
        take(new Observation.Settled(1, side("/f", "10", 0644, 5)));
        event(EventType.DATA_WRITTEN, "/g", "11");
        breaks();
        differs(side("/f", "10", 0644, 1), side("/f", "10", 0644, 5), EventType.DATA_WRITTEN);
        differs(side("/g", "11", 0644, 1), side("/g", "11", 0644, 5), EventType.DATA_WRITTEN);
        is("10", "/f", 0644, 0, 5);
        caughtUp();
        assertThat(lines()).containsExactly("data-written /f", "data-written /g", "data-written /g?");
    }

    // The stream beside a comparison

    @Test
    void theStreamDoesNotTellAgainWhatAComparisonHasShown() {
        breaks();
        differs(null, side("/c", "10", 0644, 1));
        is("10", "/c", 0644, 0, 1);
        caughtUp();
        event(EventType.CREATED, "/a", "10", Overlap.SURELY);
        moved("/a", "/b", "10", Overlap.SURELY);
        moved("/b", "/c", "10", Overlap.PERHAPS);
        event(EventType.DATA_WRITTEN, "/c", "10", Overlap.SURELY);
        moved("/c", "/d", "10", Overlap.PERHAPS);
        assertThat(lines()).containsExactly("created /c?", "moved /c -> /d");
    }

    @Test
    void whatCameAndWentBesideAComparisonIsTold() {
        breaks();
        caughtUp();
        event(EventType.CREATED, "/a", "10", Overlap.SURELY);
        event(EventType.DELETED, "/a", "10", Overlap.SURELY);
        event(EventType.DELETED, "/never-told", "11", Overlap.SURELY);
        assertThat(lines()).containsExactly("created /a", "deleted /a");
    }
}
