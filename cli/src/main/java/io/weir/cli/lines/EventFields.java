package io.weir.cli.lines;

import io.weir.schemas.Actor;
import io.weir.schemas.FileState;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The parts of an event as JSON, under their own field names; the mode in octal, as people write it. */
final class EventFields {
    private EventFields() {}

    static @Nullable JsonObject state(@Nullable FileState state) {
        if (state == null) {
            return null;
        }
        return new JsonObject()
                .put("fileId", state.getFileId())
                .put("kind", state.getKind())
                .put("size", state.getSize())
                .put("mode", octal(state.getMode()))
                .put("owner", state.getOwner())
                .put("group", state.getGroup())
                .put("uid", state.getUid())
                .put("gid", state.getGid())
                .put("links", state.getLinks())
                .put("mtime", state.getMtime())
                .put("ctime", state.getCtime())
                .put("btime", state.getBtime());
    }

    static @Nullable JsonObject actor(@Nullable Actor actor) {
        if (actor == null) {
            return null;
        }
        return new JsonObject()
                .put("name", actor.getName())
                .put("uid", actor.getUid())
                .put("pid", actor.getPid())
                .put("program", actor.getProgram())
                .put("method", actor.getMethod())
                .put("certainty", actor.getCertainty());
    }

    static @Nullable String base64(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }

    private static String octal(int mode) {
        String digits = Integer.toOctalString(mode);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }
}
