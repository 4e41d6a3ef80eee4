package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.worker.ActionContext;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole environment of a program: nothing of the worker's own passes through.
 *
 * <p>The JDK encodes environment strings in the platform's charset, so a name that this cannot hold is also given in
 * Base64, under the same name with {@code _BASE64}.
 */
final class ProgramEnvironment {
    private ProgramEnvironment() {}

    /**
     * @param root where the volume is mounted
     * @param effects the file in which the program may say what it changed
     */
    static Map<String, String> of(ActionContext context, Path root, Path effects) {
        Map<String, String> env = new TreeMap<>();
        env.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        env.put("LANG", "C.UTF-8");
        Causation causation = context.causation();
        env.put("WEIR_ACTION_ID", causation.causationId());
        env.put("WEIR_CAUSATION_ID", causation.causationId());
        env.put("WEIR_CORRELATION_ID", causation.correlationId());
        env.put("WEIR_CAUSATION_DEPTH", Integer.toString(causation.depth()));
        env.put("WEIR_ATTEMPT", Integer.toString(context.attempt()));
        env.put("WEIR_RULE", context.request().getRule());
        env.put("WEIR_VOLUME_ROOT", root.toString());
        env.put("WEIR_EFFECTS", effects.toString());
        putEvent(env, context);
        return env;
    }

    private static void putEvent(Map<String, String> env, ActionContext context) {
        FileEvent event = context.request().getEvent();
        env.put("WEIR_EVENT_ID", EventId.of(event).toString());
        env.put("WEIR_EVENT_TYPE", event.getType());
        env.put("WEIR_EVENT_VOLUME", event.getVolume());
        env.put("WEIR_EVENT_HOST", event.getHost());
        putPath(env, "WEIR_EVENT_PATH", context.event().path());
        putPath(env, "WEIR_EVENT_PREVIOUS_PATH", context.event().previousPath());
        if (event.getState() != null) {
            env.put("WEIR_EVENT_FILE_ID", event.getState().getFileId());
            env.put("WEIR_EVENT_KIND", event.getState().getKind());
            env.put("WEIR_EVENT_SIZE", Long.toString(event.getState().getSize()));
        }
    }

    private static void putPath(Map<String, String> env, String name, @Nullable String path) {
        if (path == null) {
            return;
        }
        env.put(name, PathText.display(path));
        if (!Charset.defaultCharset().newEncoder().canEncode(path)) {
            env.put(name + "_BASE64", Base64.getEncoder().encodeToString(PathText.encode(path)));
        }
    }
}
