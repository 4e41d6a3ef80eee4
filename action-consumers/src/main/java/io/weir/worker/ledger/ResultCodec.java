package io.weir.worker.ledger;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.schemas.ActionResult;
import io.weir.schemas.AppliedEffect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results as JSON by field names, so that a newer worker reads what an older one wrote. (Avro's own single-object
 * encoding would need every older schema at hand.)
 */
final class ResultCodec {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ResultCodec() {}

    record Line(
            String actionId,
            int attempt,
            String outcome,
            @Nullable String detail,
            String rule,
            String action,
            String volume,
            String path,
            String eventId,
            List<EffectLine> effects,
            String worker,
            long startedAt,
            long finishedAt) {}

    @SuppressWarnings("ArrayRecordComponent") // for JSON alone; never compared
    record EffectLine(
            String kind,
            String path,
            @Nullable String target,
            Map<String, String> before,
            Map<String, String> after,
            @Nullable String fileId,
            byte @Nullable [] rawPath,
            byte @Nullable [] rawTarget,
            @Nullable String volume) {
        static EffectLine of(AppliedEffect e) {
            return new EffectLine(
                    e.getKind(),
                    e.getPath(),
                    e.getTarget(),
                    e.getBefore(),
                    e.getAfter(),
                    e.getFileId(),
                    bytes(e.getRawPath()),
                    bytes(e.getRawTarget()),
                    e.getVolume());
        }

        AppliedEffect effect() {
            return new AppliedEffect(
                    kind, path, target, before, after, fileId, buffer(rawPath), buffer(rawTarget), volume);
        }
    }

    static byte[] encode(ActionResult r) {
        Line line = new Line(
                r.getActionId(),
                r.getAttempt(),
                r.getOutcome(),
                r.getDetail(),
                r.getRule(),
                r.getAction(),
                r.getVolume(),
                r.getPath(),
                r.getEventId(),
                r.getEffects().stream().map(EffectLine::of).toList(),
                r.getWorker(),
                micros(r.getStartedAt()),
                micros(r.getFinishedAt()));
        try {
            return JSON.writeValueAsBytes(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ActionResult decode(byte[] bytes) throws IOException {
        Line line = JSON.readValue(bytes, Line.class);
        return ActionResult.newBuilder()
                .setActionId(line.actionId())
                .setAttempt(line.attempt())
                .setOutcome(line.outcome())
                .setDetail(line.detail())
                .setRule(line.rule())
                .setAction(line.action())
                .setVolume(line.volume())
                .setPath(line.path())
                .setEventId(line.eventId())
                .setEffects(line.effects().stream().map(EffectLine::effect).toList())
                .setWorker(line.worker())
                .setStartedAt(instant(line.startedAt()))
                .setFinishedAt(instant(line.finishedAt()))
                .build();
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
