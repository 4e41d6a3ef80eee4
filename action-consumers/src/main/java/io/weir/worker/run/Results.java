package io.weir.worker.run;

import io.weir.posix.PathText;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.topic.EventId;
import io.weir.worker.Outcome;
import io.weir.worker.Step;
import io.weir.worker.Step.Applied;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds result records. Paths in them are for people: bad bytes of names show as replacement characters. */
final class Results {
    private Results() {}

    static ActionResult of(
            ActionRequest request,
            String worker,
            int attempt,
            Outcome outcome,
            @Nullable String detail,
            List<Applied> applied,
            Instant startedAt,
            Instant finishedAt) {
        return ActionResult.newBuilder()
                .setActionId(request.getId())
                .setAttempt(attempt)
                .setOutcome(outcome.word())
                .setDetail(detail == null ? null : PathText.display(detail))
                .setRule(request.getRule())
                .setAction(request.getAction())
                .setVolume(request.getEvent().getVolume())
                .setPath(request.getEvent().getPath())
                .setEventId(EventId.of(request.getEvent()).toString())
                .setEffects(effects(applied))
                .setWorker(worker)
                .setStartedAt(startedAt.truncatedTo(ChronoUnit.MICROS))
                .setFinishedAt(finishedAt.truncatedTo(ChronoUnit.MICROS))
                .build();
    }

    /** What steps are going to do. */
    static String inWords(List<Step> steps) {
        return steps.stream()
                .map(step -> step.intent().orElseGet(() -> inWords(step.effect()))
                        + step.remark().map(remark -> "; " + remark).orElse(""))
                .collect(Collectors.joining("; "));
    }

    private static String inWords(Effect effect) {
        if (effect instanceof Effect.Elsewhere elsewhere) {
            return inWords(elsewhere.effect()) + " in volume '" + elsewhere.volume() + "'";
        }
        if (effect instanceof Effect.Move move) {
            return "move '" + move.from() + "' to '" + move.to() + "'";
        }
        if (effect instanceof Effect.SetFields set) {
            return "set " + new TreeMap<>(set.fields()) + " of '" + set.path() + "'";
        }
        if (effect instanceof Effect.Create create) {
            return "make " + (create.directory() ? "directory '" : "'") + create.path() + "'";
        }
        if (effect instanceof Effect.Delete delete) {
            return "delete '" + delete.path() + "'";
        }
        if (effect instanceof Effect.Content content) {
            return "write '" + content.path() + "'";
        }
        if (effect instanceof Effect.Read read) {
            return "read '" + read.path() + "'";
        }
        return "change " + ((Effect.Scope) effect).globs();
    }

    private static List<AppliedEffect> effects(List<Applied> applied) {
        List<AppliedEffect> effects = new ArrayList<>();
        for (Applied one : applied) {
            add(one, effects);
        }
        return effects;
    }

    private static void add(Applied applied, List<AppliedEffect> to) {
        Effect effect = applied.effect().bare();
        if (effect instanceof Effect.Move move) {
            to.add(effect("move", move.from(), move.to(), move.fileId(), naming(move.replaced(), applied), Map.of()));
        } else if (effect instanceof Effect.SetFields set) {
            to.add(effect("set", set.path(), null, set.fileId(), applied, set.fields()));
        } else if (effect instanceof Effect.Create create) {
            Map<String, String> made = Map.of("kind", create.directory() ? "directory" : "file");
            to.add(effect("create", create.path(), null, null, applied, made));
        } else if (effect instanceof Effect.Read read) {
            to.add(effect("read", read.path(), null, read.fileId(), applied, Map.of()));
        } else if (effect instanceof Effect.Delete delete) {
            to.add(effect("delete", delete.path(), null, delete.fileId(), applied, Map.of()));
        } else if (effect instanceof Effect.Content content) {
            to.add(effect("content", content.path(), null, content.fileId(), applied, Map.of()));
        } else if (effect instanceof Effect.Scope scope) {
            scope.globs().forEach(glob -> to.add(effect("scope", glob, null, null, applied, Map.of())));
        }
    }

    /** An attempt that died has declared what it replaces, and nobody knows more of it any more. */
    private static Applied naming(@Nullable String replaced, Applied applied) {
        if (replaced == null || applied.before().containsKey(Step.REPLACED)) {
            return applied;
        }
        Map<String, String> before = new HashMap<>(applied.before());
        before.put(Step.REPLACED, replaced);
        return new Applied(applied.effect(), before, applied.detail());
    }

    private static AppliedEffect effect(
            String kind,
            String path,
            @Nullable String target,
            @Nullable String fileId,
            Applied applied,
            Map<String, String> after) {
        return new AppliedEffect(
                kind,
                PathText.display(path),
                target == null ? null : PathText.display(target),
                applied.before(),
                after,
                fileId,
                raw(path),
                raw(target),
                applied.effect() instanceof Effect.Elsewhere elsewhere ? elsewhere.volume() : null);
    }

    private static @Nullable ByteBuffer raw(@Nullable String path) {
        return path == null || PathText.isValidUnicode(path) ? null : ByteBuffer.wrap(PathText.encode(path));
    }
}
