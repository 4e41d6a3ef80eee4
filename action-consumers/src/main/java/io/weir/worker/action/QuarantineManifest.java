package io.weir.worker.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.schemas.topic.EventId;
import io.weir.worker.ActionContext;
import io.weir.worker.VolumeFiles.Content;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.VolumeFiles.Fingerprint;
import io.weir.worker.files.VolumePath;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What lies beside a file in quarantine, so that it can be told without Kafka where the file comes from, since when and why:
 * {@code AREA/.weir/ACTION-ID.json}. Also what a result tells of the file.
 */
final class QuarantineManifest implements Content {
    /** Larger files are not hashed: that would keep the file where it is for seconds. */
    private static final long MOST_HASHED = 256L << 20;

    private static final String DIRECTORY = ".weir";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private final ActionContext context;
    private final Entry file;
    private final String target;
    private final Optional<Instant> until;
    private Optional<Fingerprint> fingerprint = Optional.empty();

    QuarantineManifest(ActionContext context, Entry file, String target, Optional<Instant> until) {
        this.context = context;
        this.file = file;
        this.target = target;
        this.until = until;
    }

    /** Where it lies. */
    static String path(String area, String actionId) {
        return VolumePath.child(VolumePath.child(area, DIRECTORY), actionId + ".json");
    }

    /** Whether a path is one of a manifest. */
    static boolean isOne(String path) {
        return path.endsWith(".json")
                && VolumePath.name(VolumePath.parent(path)).equals(DIRECTORY);
    }

    @Override
    public byte[] bytes() throws IOException, InterruptedException {
        fingerprint = context.files().fingerprint(file.path(), file.fileId(), MOST_HASHED);
        var event = context.request().getEvent();
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("action", context.request().getId());
        manifest.put("type", context.request().getAction());
        manifest.put("volume", context.files().volume());
        manifest.put("from", file.path());
        manifest.put("path", target);
        manifest.put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        manifest.put("rule", context.request().getRule());
        manifest.put("event", EventId.of(event).toString());
        manifest.put("eventType", event.getType());
        manifest.put("observedAt", event.getObservedAt().toString());
        manifest.put("chain", context.causation().correlationId());
        manifest.put("fileId", file.fileId());
        manifest.putAll(facts());
        return (JSON.writeValueAsString(manifest) + "\n").getBytes(UTF_8);
    }

    /** What is known of the file: by the names of {@code FileState}, and {@code sha256}, {@code until}. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("kind", file.kind());
        facts.putAll(file.values(List.of("mode", "uid", "gid")));
        fingerprint.ifPresent(print -> facts.put("size", Long.toString(print.size())));
        fingerprint.flatMap(Fingerprint::sha256).ifPresent(hash -> facts.put("sha256", hash));
        until.ifPresent(end -> facts.put("until", end.toString()));
        return facts;
    }
}
