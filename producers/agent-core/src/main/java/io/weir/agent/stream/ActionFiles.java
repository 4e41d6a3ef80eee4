package io.weir.agent.stream;

import io.weir.agent.baseline.Entry;
import io.weir.agent.intake.Draft;
import io.weir.agent.intake.EventType;
import io.weir.agent.intake.Outbox;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.CausationJudge.Ending;
import io.weir.agent.marks.Subject;
import io.weir.agent.marks.Target;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Located;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.MarkName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files whose attributes actions set: when the action begins, and when it is over. A field that shows neither what
 * is declared nor what it was, somebody else has set within the window, where the event looked like the action's own.
 */
final class ActionFiles {
    /** How many files are remembered of which the end of an action has told. */
    private static final int MOST_TOLD = 10_000;

    private final CausationJudge judge;
    private final Outbox outbox;
    private final Reader reader;
    /** By action, then by file id. */
    private final Map<String, Map<String, FileStat>> before = new HashMap<>();
    /** Change times that the end of an action has told, by file id: the change's own event may still come. */
    private final Map<String, Long> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_TOLD;
        }
    };

    ActionFiles(CausationJudge judge, Outbox outbox, Reader reader) {
        this.judge = judge;
        this.outbox = outbox;
        this.reader = reader;
    }

    /** A mark came through the stream. */
    void begun(String markFile) {
        Optional<MarkName> name = MarkName.parse(markFile).filter(mark -> mark.phase() == MarkName.Phase.BEGIN);
        if (name.isEmpty()) {
            return;
        }
        for (BeginMark open : judge.windows().openMarks()) {
            if (open.actionId().equals(name.get().actionId())
                    && open.attempt() == name.get().attempt()) {
                open.effects().forEach(effect -> read(open.actionId(), effect));
            }
        }
    }

    private void read(String action, Effect effect) {
        if (effect instanceof Effect.SetFields set && set.fileId() != null) {
            Map<String, FileStat> files = before.computeIfAbsent(action, a -> new HashMap<>());
            reader.find(set.fileId()).ifPresent(file -> files.putIfAbsent(set.fileId(), file.stat()));
        }
    }

    /** The action is over. */
    boolean compare(String action, long observedAt) {
        Map<String, FileStat> files = before.getOrDefault(action, Map.of());
        for (Target target : judge.windows().targets(action)) {
            now(target).ifPresent(now -> compare(action, target, files.get(target.fileId()), now, observedAt));
        }
        before.remove(action);
        return true;
    }

    private Optional<Located> now(Target target) {
        return target.fileId().isEmpty()
                ? reader.stat(target.place()).map(stat -> new Located(target.place(), stat))
                : reader.find(target.fileId());
    }

    private void compare(String action, Target target, @Nullable FileStat known, Located now, long observedAt) {
        // Where nothing is known of a field that the action does not set, nothing is expected of it.
        var entry = new Entry(0, 0, "", known == null ? now.stat() : known, 0, -1);
        var file = new Subject(now.place(), 0, now.stat().fileId());
        if (judge.compare(action, file, target.place(), entry, now.stat(), false) == Ending.FOREIGN) {
            told.put(now.stat().fileId(), now.stat().ctime());
            outbox.publish(Draft.live(observedAt, EventType.ACL_CHANGED, now.place(), now.stat(), Optional.empty()));
        }
    }

    /** Whether the end of an action has told what this event tells. */
    boolean isTold(StreamEvent event) {
        Long changed = told.get(event.file().fileId());
        if (changed == null || !isAboutAttributes(event.type())) {
            return false;
        }
        FileStat now = event.stat() != null
                ? event.stat()
                : reader.find(event.file().fileId()).map(Located::stat).orElse(null);
        if (now != null && now.ctime() == changed) {
            return true;
        }
        told.remove(event.file().fileId());
        return false;
    }

    private static boolean isAboutAttributes(String type) {
        return type.equals(EventType.ACL_CHANGED)
                || type.equals(EventType.OWNER_CHANGED)
                || type.equals(EventType.GROUP_CHANGED);
    }
}
