package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Closing;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.FoundClosed;
import io.weir.agent.source.Observation.Left;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The stream and the scan of a new directory tell of the same files, in any order. */
class NewDirectoryTest {
    private static final ScanReason NEW = ScanReason.CREATED_DIRECTORY;

    private final Bench bench = new Bench().start();
    private final Place d = bench.files.place("/d");

    private void begin() {
        bench.files.mkdir("/d");
        bench.drain().news();
        bench.take(new ScanStarted(1, d, NEW));
    }

    private FileStat stat(String path) {
        return bench.files.stat(bench.files.place(path)).orElseThrow();
    }

    private Found found(String path) {
        return new Found(1, bench.files.place(path), stat(path), NEW);
    }

    private Change change(String type, String path) {
        FileStat stat = stat(path);
        return new Change(1, type, bench.files.place(path), null, stat.isDirectory(), stat);
    }

    @Test
    void anEventThatComesBeforeItsFileIsFoundTellsThatItWasCreatedFirst() {
        begin();
        bench.files.drop("/d/f", 3);
        bench.take(change("modified", "/d/f"));
        assertThat(bench.news()).containsExactly("created /d/f", "modified /d/f");
        bench.take(found("/d/f"));
        bench.take(change("written", "/d/f"));
        bench.take(new ScanFinished(1, d, NEW, true));
        assertThat(bench.pass(1000).news()).containsExactly("written /d/f");
    }

    private static FileStat withTwoNames(FileStat s) {
        return new FileStat(
                s.fileId(), s.kind(), s.size(), s.mode(), s.uid(), s.gid(), 2, s.mtime(), s.ctime(), s.btime());
    }

    @Test
    void aSecondNameOfAFileIsNoMoveThoughTheDirectoryOfBothHasGoneElsewhereMeanwhile() {
        begin();
        bench.files.drop("/d/one", 3);
        FileStat twice = withTwoNames(stat("/d/one"));
        bench.files.move("/d", "/elsewhere");
        bench.take(new Found(1, bench.files.place("/d/one"), twice, NEW));
        bench.take(new Found(1, bench.files.place("/d/two"), twice, NEW));
        assertThat(bench.news()).containsExactly("created /d/one", "created /d/two");
    }

    @Test
    void aSecondNameOfAFileIsNoMoveThoughTheFirstWasRenamedAndTheStreamIsStillToTell() {
        bench.files.drop("/first", 3);
        bench.drain().news();
        begin();
        FileStat twice = withTwoNames(stat("/first"));
        bench.files.move("/first", "/renamed");
        bench.take(new Found(1, bench.files.place("/d/second"), twice, NEW));
        assertThat(bench.drain().news()).containsExactly("created /d/second", "moved /first -> /renamed");
    }

    @Test
    void aDirectoryOfWhichOnlyAFileWasToldIsStillCreated() {
        begin();
        bench.files.mkdir("/d/e");
        bench.files.mkdir("/d/e/g");
        bench.files.create("/d/e/g/f");
        bench.take(found("/d/e/g/f"));
        bench.take(found("/d/e"));
        bench.take(change("created", "/d/e/g"));
        bench.take(found("/d/e/g"));
        bench.take(change("created", "/d/e"));
        assertThat(bench.news()).containsExactly("created /d/e/g/f", "created /d/e", "created /d/e/g");
        assertThat(bench.baseline.find(bench.files.place("/d/e/g/f"))).isPresent();
    }

    @Test
    void aMoveOfAFileThatIsStillToBeFoundTellsThatItWasCreatedFirst() {
        begin();
        bench.files.create("/d/f");
        bench.files.overflow();
        bench.files.move("/d/f", "/d/g");
        bench.drain();
        bench.take(found("/d/g"));
        assertThat(bench.news()).containsExactly("created /d/f", "moved /d/f -> /d/g");
    }

    @Test
    void anEventBeforeARepairComesUponItsFileTellsThatItWasCreatedFirst() {
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.REPAIR));
        bench.files.create("/f");
        bench.files.overflow();
        bench.files.chmod("/f", 0600);
        bench.drain();
        bench.take(new Found(1, bench.files.place("/f"), stat("/f"), ScanReason.REPAIR));
        assertThat(bench.news()).containsExactly("created /f?", "attributes-changed /f");
    }

    @Test
    void aFileThatIsGoneBeforeItCouldBeFoundIsToldFromItsCreationToItsEnd() {
        begin();
        bench.files.create("/d/f");
        bench.files.create("/d/g");
        bench.files.overflow();
        bench.files.write("/d/f", 5);
        bench.files.close("/d/f");
        bench.files.delete("/d/f");
        bench.files.write("/d/g", 5);
        bench.files.move("/d/g", "/d/h");
        bench.drain();
        bench.take(found("/d/h"));
        bench.take(new ScanFinished(1, d, NEW, true));
        assertThat(bench.pass(1000).news())
                .containsExactly(
                        "created /d/f",
                        "modified /d/f",
                        "written /d/f",
                        "deleted /d/f",
                        "created /d/g",
                        "modified /d/g",
                        "moved /d/g -> /d/h");
    }

    private FoundClosed foundClosed(String path) {
        return new FoundClosed(1, bench.files.place(path), stat(path));
    }

    @Test
    void aFileThatWasClosedUnseenIsWrittenWhenTheSourceSaysSo() {
        begin();
        bench.files.create("/d/f");
        bench.take(found("/d/f"));
        assertThat(bench.pass(1000).news()).containsExactly("created /d/f");
        bench.take(foundClosed("/d/f"));
        assertThat(bench.pass(1000).news()).containsExactly("written /d/f");
    }

    @Test
    void aFileMovedBeforeTheDirectoryWasWatchedIsMovedAndNotWrittenAgain() {
        bench.files.drop("/f", 1);
        bench.drain().news();
        begin();
        bench.files.watched(false);
        bench.files.move("/f", "/d/g");
        bench.take(new Left(1, bench.files.place("/f"), List.of(found("/d/g"))));
        bench.take(found("/d/g"));
        bench.take(foundClosed("/d/g"));
        assertThat(bench.pass(1000).news()).containsExactly("moved /f -> /d/g");
    }

    @Test
    void ofAFileMovedWhileItWasOpenTheUnseenClosingIsTold() {
        bench.files.create("/f");
        bench.drain().news();
        begin();
        bench.files.watched(false);
        bench.files.move("/f", "/d/f");
        bench.take(new Left(1, bench.files.place("/f"), List.of(found("/d/f"))));
        bench.take(foundClosed("/d/f"));
        assertThat(bench.news()).containsExactly("moved /f -> /d/f", "written /d/f");
    }

    @Test
    void aFileThatIsNotAmongThoseFoundWentOutOfSight() {
        bench.files.drop("/f", 1);
        bench.drain().news();
        begin();
        bench.files.watched(false);
        bench.files.create("/d/f");
        bench.take(new Left(1, bench.files.place("/f"), List.of(found("/d/f"))));
        bench.take(found("/d/f"));
        assertThat(bench.news()).containsExactly("moved-out /f", "created /d/f");
    }

    @Test
    void anActionsMoveIntoTheDirectoryThatItMadeIsItsOwn() {
        bench.files.drop("/f", 1);
        bench.drain().news();
        String id = stat("/f").fileId();
        Effect[] effects = {new Effect.Create("/d", true), new Effect.Move("/f", "/d/f", id)};
        bench.marks.begin("act", 1, "worker", effects);
        bench.files.mkdir("/d");
        bench.drain();
        bench.take(new ScanStarted(1, d, NEW));
        bench.files.watched(false);
        bench.files.move("/f", "/d/f");
        bench.files.watched(true);
        bench.marks.end("act", 1, effects);
        bench.take(new Left(1, bench.files.place("/f"), List.of(found("/d/f"))));
        bench.drain();
        bench.take(found("/d/f"));
        bench.take(foundClosed("/d/f"));
        bench.take(new ScanFinished(1, d, NEW, true));
        assertThat(bench.drain().pass(1000).news()).containsExactly("created /d*", "moved /f -> /d/f*");
    }

    @Test
    void aFileWhoseWritersTheSourceCannotKnowIsWrittenOnceItIsQuiet() {
        begin();
        bench.files.create("/d/f");
        bench.files.create("/d/g");
        bench.take(new Found(1, bench.files.place("/d/f"), stat("/d/f"), NEW, Closing.UNKNOWN));
        bench.take(new Found(1, bench.files.place("/d/g"), stat("/d/g"), NEW, Closing.UNKNOWN));
        bench.pass(200);
        bench.files.overflow();
        bench.files.write("/d/g", 7);
        bench.drain().pass(200);
        assertThat(bench.news()).containsExactly("created /d/f", "created /d/g", "modified /d/g", "written /d/f?");
        bench.files.close("/d/g");
        assertThat(bench.drain().pass(1000).news()).containsExactly("written /d/g");
    }

    @Test
    void whatTheSourceSaysIsOlderThanTheNewDirectoryWasMovedIn() {
        begin();
        bench.files.create("/d/old");
        bench.take(new Found(1, bench.files.place("/d/old"), stat("/d/old"), ScanReason.MOVED_IN_DIRECTORY));
        assertThat(bench.pass(1000).news()).containsExactly("moved-in /d/old");
    }

    @Test
    void eachEntryIsCreatedOnceInWhateverOrderItIsToldAndFound() {
        long seed = Long.getLong("weir.seed", 1);
        for (int round = 0; round < 300; round++) {
            anyOrder(seed + round);
        }
    }

    private static void anyOrder(long seed) {
        Random random = new Random(seed);
        NewDirectoryTest test = new NewDirectoryTest();
        test.begin();
        List<Observation> observations = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<String> directories = new ArrayList<>(List.of("/d"));
        for (int i = 0; i < 6; i++) {
            String path = directories.get(random.nextInt(directories.size())) + "/e" + i;
            if (random.nextBoolean()) {
                test.bench.files.mkdir(path);
                directories.add(path);
            } else {
                test.bench.files.drop(path, 1);
            }
            expected.add("created " + path);
            observations.add(random.nextBoolean() ? test.found(path) : test.change("created", path));
            if (random.nextBoolean()) {
                observations.add(test.found(path));
            }
            if (random.nextBoolean()) {
                observations.add(test.change("attributes-changed", path));
            }
        }
        Collections.shuffle(observations, random);
        observations.forEach(test.bench::take);
        test.bench.take(new ScanFinished(1, test.d, NEW, true));
        assertThat(test.bench.news().stream().filter(l -> l.startsWith("created")))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theDirectoryThatLeftIsTheOneThatTheSourceSays() {
        begin();
        bench.files.mkdir("/moves");
        bench.files.drop("/moves/in", 1);
        bench.files.mkdir("/other");
        FileStat another = stat("/other"); // read under the name when the directory had left
        bench.drain();
        bench.take(new Change(1, "moved", bench.files.place("/x"), bench.files.place("/moves"), true, another));
        bench.news();
        bench.files.watched(false);
        bench.files.move("/moves", "/d/there");
        bench.take(new Left(1, bench.files.place("/x"), List.of(found("/d/there"))));
        bench.take(found("/d/there"));
        assertThat(bench.news()).containsExactly("moved /x -> /d/there");
        assertThat(bench.baseline.find(bench.files.place("/d/there/in"))).isPresent();
    }

    @Test
    void whatCouldNotBeReadWhenItWasToldIsToldOnceItIsFound() {
        begin();
        bench.files.create("/d/f");
        bench.files.overflow();
        bench.take(new Change(1, "created", bench.files.place("/d/f"), null, false, null));
        bench.take(new Change(1, "written", bench.files.place("/d/f"), null, false, null));
        bench.news();
        bench.take(found("/d/f"));
        assertThat(bench.pass(300).news()).containsExactly("written /d/f?");
    }

    @Test
    void timesThatWereSetWhenTheFileCouldNotBeReadAreToldOnceItIsFound() {
        bench.files.drop("/f", 1);
        bench.drain().pass(1000).news();
        begin();
        bench.files.move("/f", "/d/f");
        bench.drain().news();
        bench.files.touch("/d/f");
        bench.files.overflow();
        bench.take(new Change(1, "attributes-changed", bench.files.place("/d/f"), null, false, null));
        bench.take(found("/d/f"));
        assertThat(bench.pass(300).news()).containsExactly("attributes-changed /d/f?");
    }
}
