package io.weir.agent;

import io.weir.agent.baseline.SqliteBaseline;
import io.weir.agent.intake.Intake;
import io.weir.agent.intake.ScanIntake;
import io.weir.agent.marks.AttemptLiveness;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.HostMarksDirectory;
import io.weir.agent.marks.KnownFiles;
import io.weir.agent.marks.MarkFlow;
import io.weir.agent.source.AccountNames;
import io.weir.agent.source.EventSource;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Located;
import io.weir.agent.source.MarksDirectory;
import io.weir.agent.source.Place;
import io.weir.agent.spool.Spool;
import io.weir.agent.spool.SpoolReader;
import io.weir.agent.spool.Store;
import io.weir.agent.stream.Reader;
import io.weir.agent.stream.StreamIntake;
import io.weir.agent.stream.ToldFiles;
import io.weir.rules.Glob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What an agent is made of, but for its threads. */
record AgentParts(Store store, Spool spool, EventWriter writer, Intake intake, MarkFlow marks, AgentHistory history) {
    /** @param micros now, microseconds since 1970 */
    static AgentParts assemble(
            AgentConfig config, EventSource source, AccountNames accounts, AttemptLiveness liveness, long micros) {
        Store store = config.dataDirectory().map(Store::open).orElseGet(Store::inMemory);
        try {
            SqliteBaseline baseline = new SqliteBaseline(store.connection());
            store.beforeCommit(baseline::flush);
            AgentHistory history = new AgentHistory(store);
            if (!config.baseline()) {
                baseline.clear();
                history.forgetRoots();
            }
            Spool spool = new Spool(store, micros);
            EventWriter writer =
                    new EventWriter(config, spool, source.accounts().orElse(accounts));
            MarkFlow marks = new MarkFlow(marksDirectories(config, source), liveness, micros);
            Intake intake = source.tellsAll()
                    ? streamIntake(store, source, marks, writer, history)
                    : scanIntake(config, store, baseline, source, marks, writer, history);
            store.commit();
            return new AgentParts(store, spool, writer, intake, marks, history);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static Intake scanIntake(
            AgentConfig config,
            Store store,
            SqliteBaseline baseline,
            EventSource source,
            MarkFlow marks,
            EventWriter writer,
            AgentHistory history) {
        return new ScanIntake(
                new ScanIntake.Settings(config.coalesce().toNanos(), config.initial() == AgentConfig.InitialScan.EMIT),
                baseline,
                judge(store, marks, KnownFiles.of(baseline)),
                marks,
                writer,
                source::stat,
                history);
    }

    private static Intake streamIntake(
            Store store, EventSource source, MarkFlow marks, EventWriter writer, AgentHistory history) {
        Reader reader = new Reader() {
            @Override
            public Optional<FileStat> stat(Place place) {
                return source.stat(place);
            }

            @Override
            public Optional<Located> find(String fileId) {
                return source.find(fileId);
            }

            @Override
            public boolean wasCompared(String fileId) {
                return source.wasCompared(fileId);
            }
        };
        var told = new ToldFiles(store.connection());
        return new StreamIntake(told, judge(store, marks, KnownFiles.NONE), marks, writer, reader, history);
    }

    private static CausationJudge judge(Store store, MarkFlow marks, KnownFiles files) {
        return new CausationJudge(marks, new SeenEffectsStore(store), glob -> Glob.compile(glob)::matches, files);
    }

    /** When the oldest event was seen that an earlier run has left in the spool, microseconds since 1970. */
    OptionalLong oldestSpooled() {
        if (spool.depth() == 0) {
            return OptionalLong.empty();
        }
        try (SpoolReader reader = new SpoolReader(store)) {
            return reader.after(0, 1).stream()
                    .mapToLong(e ->
                            ChronoUnit.MICROS.between(Instant.EPOCH, e.event().getObservedAt()))
                    .findFirst();
        }
    }

    private static Map<String, MarksDirectory> marksDirectories(AgentConfig config, EventSource source) {
        Map<String, MarksDirectory> directories = new HashMap<>();
        for (String volume : source.volumes()) {
            Optional<Path> directory = config.marksDirectory(volume);
            Optional<MarksDirectory> elsewhere = source.marksDirectory(volume);
            if (elsewhere.isPresent()) {
                directories.put(volume, elsewhere.get());
            } else if (directory.isPresent() && !source.tellsAll()) {
                try {
                    directories.put(volume, new HostMarksDirectory(directory.get()));
                } catch (IOException e) {
                    throw new UncheckedIOException("marks directory='" + directory.get() + "': cannot be made", e);
                }
            }
        }
        return directories;
    }
}
