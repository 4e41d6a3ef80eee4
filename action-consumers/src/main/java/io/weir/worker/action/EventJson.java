package io.weir.worker.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.topic.EventId;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** An event as one line of JSON, by the names of {@code FileEvent}; raw bytes of names in Base64. */
public final class EventJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EventJson() {}

    static String of(FileEvent event) {
        try {
            return JSON.writeValueAsString(object(event));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The event as an object. */
    public static ObjectNode object(FileEvent event) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", EventId.of(event).toString());
        json.put("type", event.getType());
        json.put("volume", event.getVolume());
        json.put("path", event.getPath());
        putBytes(json, "rawPath", event.getRawPath());
        putText(json, "previousPath", event.getPreviousPath());
        putBytes(json, "rawPreviousPath", event.getRawPreviousPath());
        json.put("observedAt", event.getObservedAt().toString());
        json.put("origin", event.getOrigin());
        json.put("agent", event.getAgent());
        json.put("host", event.getHost());
        FileState state = event.getState();
        if (state != null) {
            json.set("state", state(state));
        }
        return json;
    }

    private static ObjectNode state(FileState state) {
        ObjectNode json = JSON.createObjectNode();
        json.put("fileId", state.getFileId());
        json.put("kind", state.getKind());
        json.put("size", state.getSize());
        json.put("mode", String.format("%04o", state.getMode()));
        json.put("owner", state.getOwner());
        json.put("group", state.getGroup());
        json.put("mtime", state.getMtime());
        json.put("ctime", state.getCtime());
        return json;
    }

    private static void putText(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void putBytes(ObjectNode json, String name, @Nullable ByteBuffer value) {
        if (value != null) {
            byte[] bytes = new byte[value.remaining()];
            value.duplicate().get(bytes);
            json.put(name, Base64.getEncoder().encodeToString(bytes));
        }
    }
}
