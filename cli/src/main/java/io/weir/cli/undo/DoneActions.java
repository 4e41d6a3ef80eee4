package io.weir.cli.undo;

import io.weir.cli.search.FoundRecord;
import io.weir.cli.search.TimeRange;
import io.weir.cli.search.TopicScan;
import io.weir.schemas.ActionResult;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.Journalled;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Errand;
import io.weir.schemas.topic.Topics;
import io.weir.worker.Outcome;
import io.weir.worker.action.AppliedEffects;
import io.weir.worker.action.Undo;
import io.weir.worker.action.Undo.Directories;
import io.weir.worker.action.UndoneEffects;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What actions have done, by {@code weir.action-results}. */
final class DoneActions {
    private static final String DONE = Outcome.DONE.word();

    private final TopicScan scan;

    DoneActions(TopicScan scan) {
        this.scan = scan;
    }

    /** The result of one action, whatever it is. */
    Optional<FoundRecord> ofAction(String id) {
        return scan.findKey(Topics.ACTION_RESULTS, id, TimeRange.ALL);
    }

    /** What a rule has done and nobody has reversed, the last first. */
    List<FoundRecord> ofRule(String rule, TimeRange range) {
        Map<String, FoundRecord> done = new LinkedHashMap<>();
        Set<String> undone = new HashSet<>();
        scan.forEach(scan.partitions(Topics.ACTION_RESULTS), range, record -> take(record, rule, done, undone));
        done.keySet().removeAll(undone);
        return done.values().stream()
                .sorted(Comparator.comparing(
                                (FoundRecord record) -> result(record).getFinishedAt())
                        .reversed())
                .toList();
    }

    private void take(
            ConsumerRecord<byte[], byte[]> record, String rule, Map<String, FoundRecord> done, Set<String> undone) {
        FoundRecord found = scan.decode(record);
        ActionResult result = found.value(ActionResult.class).orElse(null);
        if (result == null || !result.getOutcome().equals(DONE)) {
            return;
        }
        if (result.getAction().equals(Undo.NAME)) {
            undone.add(Errand.about(result.getActionId()));
        } else if (result.getRule().equals(rule) && !effects(result).isEmpty()) {
            done.put(result.getActionId(), found);
        }
    }

    private static ActionResult result(FoundRecord record) {
        return record.value(ActionResult.class).orElseThrow();
    }

    /** The errand that reverses it, but for the directories that it made; empty if it did nothing else. */
    static Optional<ErrandRequest> undo(FoundRecord record) {
        return undo(record, Directories.LEAVE, entry -> !makesDirectory(entry));
    }

    /**
     * The errand that removes the directories that it made, where they are empty: when all that lies in them was taken
     * away, perhaps by the errands about other actions.
     */
    static Optional<ErrandRequest> removeDirectories(FoundRecord record) {
        return undo(record, Directories.ONLY, DoneActions::makesDirectory);
    }

    private static boolean makesDirectory(Journalled entry) {
        return entry.effect().bare() instanceof Effect.Create create && create.directory();
    }

    /** @param concerned which of the effects it is about; the worker is told all, to see what belongs together */
    private static Optional<ErrandRequest> undo(
            FoundRecord record, Directories directories, Predicate<Journalled> concerned) {
        ActionResult result = result(record);
        List<Journalled> all = effects(result);
        if (all.stream().noneMatch(concerned)) {
            return Optional.empty();
        }
        Set<String> touched = new TreeSet<>();
        all.stream().filter(concerned).forEach(entry -> touch(entry.effect().bare(), touched));
        var errand = new Errand(
                result.getActionId(),
                Undo.NAME,
                Map.of(
                        Undo.EFFECTS,
                        all.stream().map(UndoneEffects::write).toList(),
                        Undo.DIRECTORIES,
                        directories.word()),
                result.getVolume(),
                result.getPath());
        return Optional.of(new ErrandRequest(
                errand,
                touched,
                record.causation().orElseGet(() -> new Causation(result.getActionId(), result.getEventId(), 1))));
    }

    /** Those that leave something; what a program did is not known. */
    private static List<Journalled> effects(ActionResult result) {
        return result.getEffects().stream()
                .flatMap(effect -> AppliedEffects.read(effect).stream())
                .filter(entry -> !(entry.effect() instanceof Effect.Scope))
                .toList();
    }

    private static void touch(Effect effect, Set<String> touched) {
        if (effect instanceof Effect.Move move) {
            touched.add(move.from());
            touched.add(move.to());
            add(move.fileId(), touched);
        } else if (effect instanceof Effect.SetFields set) {
            touched.add(set.path());
            add(set.fileId(), touched);
        } else if (effect instanceof Effect.Create create) {
            touched.add(create.path());
        } else if (effect instanceof Effect.Delete delete) {
            touched.add(delete.path());
        } else if (effect instanceof Effect.Content content) {
            touched.add(content.path());
        }
    }

    private static void add(@Nullable String fileId, Set<String> touched) {
        if (fileId != null) {
            touched.add(fileId);
        }
    }
}
