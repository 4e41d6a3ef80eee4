package io.weir.agent.inotify;

import io.weir.posix.Inotify;
import io.weir.posix.NativeBuffer;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.posix.RealPath;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells what the kernel is asked and what it answers, one line each, so that a failure can be explained. */
final class TracingKernel extends PassingKernel {
    private static final Map<Integer, String> BITS = new LinkedHashMap<>();

    static {
        BITS.put(Inotify.IN_CREATE, "create");
        BITS.put(Inotify.IN_MOVED_FROM, "from");
        BITS.put(Inotify.IN_MOVED_TO, "to");
        BITS.put(Inotify.IN_DELETE, "delete");
        BITS.put(Inotify.IN_MODIFY, "modify");
        BITS.put(Inotify.IN_ATTRIB, "attrib");
        BITS.put(Inotify.IN_CLOSE_WRITE, "close");
        BITS.put(Inotify.IN_DELETE_SELF, "delete-self");
        BITS.put(Inotify.IN_MOVE_SELF, "move-self");
        BITS.put(Inotify.IN_IGNORED, "ignored");
        BITS.put(Inotify.IN_Q_OVERFLOW, "overflow");
    }

    private final Consumer<String> lines;

    TracingKernel(Kernel kernel, Consumer<String> lines) {
        super(kernel);
        this.lines = lines;
    }

    @Override
    public int add(String path, int mask) throws PosixException {
        int watch = super.add(path, mask);
        lines.accept("watch " + watch + " " + RealPath.of(Path.of(path)));
        return watch;
    }

    @Override
    public void remove(int watch) {
        lines.accept("unwatch " + watch);
        super.remove(watch);
    }

    @Override
    public int read(NativeBuffer buffer) throws PosixException {
        int length = super.read(buffer);
        ByteBuffer events = buffer.bytes();
        for (int at = 0; at < length; at += Inotify.HEADER_BYTES + events.getInt(at + 12)) {
            lines.accept("event " + line(events, at));
        }
        return length;
    }

    private static String line(ByteBuffer events, int at) {
        int mask = events.getInt(at + 4);
        StringBuilder line = new StringBuilder().append(events.getInt(at));
        BITS.forEach((bit, word) -> line.append((mask & bit) == 0 ? "" : " " + word));
        line.append((mask & Inotify.IN_ISDIR) == 0 ? "" : " directory");
        int cookie = events.getInt(at + 8);
        line.append(cookie == 0 ? "" : " " + cookie).append(' ').append(name(events, at));
        return line.toString();
    }

    private static String name(ByteBuffer events, int at) {
        byte[] name = new byte[events.getInt(at + 12)];
        events.get(at + Inotify.HEADER_BYTES, name);
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return PathText.decode(name, 0, end);
    }
}
