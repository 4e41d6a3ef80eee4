package io.weir.cli.quarantine;

import io.weir.cli.lines.JsonObject;
import io.weir.cli.undo.ErrandRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Errand;
import io.weir.worker.action.Undo;
import io.weir.worker.action.UndoneEffects;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file, or a directory with all below it, in quarantine.
 *
 * @param result of the action that put it there
 * @param cause headers of what that action caused
 * @param move that put it there
 */
record Kept(ActionResult result, Causation cause, AppliedEffect move) {
    String id() {
        return result.getActionId();
    }

    Instant at() {
        return result.getFinishedAt();
    }

    /** Where it comes from. */
    String from() {
        return move.getPath();
    }

    /** Where it lies. */
    String path() {
        return String.valueOf(move.getTarget());
    }

    /** What is known of it: {@code kind}, {@code size}, {@code sha256}, {@code until} … */
    @Nullable
    String fact(String name) {
        return move.getBefore().get(name);
    }

    /** What asks a worker to do something about it. */
    ErrandRequest errand(String action) {
        Map<String, Object> parameters = Map.of(Undo.EFFECTS, UndoneEffects.of(result));
        var errand = new Errand(id(), action, parameters, result.getVolume(), result.getPath());
        return new ErrandRequest(errand, Set.of(from(), path()), cause);
    }

    JsonObject json() {
        return new JsonObject()
                .put("id", id())
                .put("at", at())
                .put("volume", result.getVolume())
                .put("from", from())
                .put("path", path())
                .put("rule", result.getRule())
                .put("action", result.getAction())
                .put("eventId", result.getEventId())
                .put("correlationId", cause.correlationId())
                .put("fileId", move.getFileId())
                .put("kind", fact("kind"))
                .put("size", fact("size"))
                .put("sha256", fact("sha256"))
                .put("mode", fact("mode"))
                .put("uid", fact("uid"))
                .put("gid", fact("gid"))
                .put("until", fact("until"))
                .put("worker", result.getWorker());
    }
}
