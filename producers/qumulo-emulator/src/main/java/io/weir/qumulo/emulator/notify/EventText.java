package io.weir.qumulo.emulator.notify;

import io.weir.qumulo.emulator.settings.Switches;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes events as the stream has them. Written out by hand, since it decides how many a second there can be. */
final class EventText {
    private static final Map<NotifyType, byte[]> HEADS = heads();
    private static final byte[] UNKNOWN_HEAD = "{\"type\":\"child_future_changed\"".getBytes(StandardCharsets.US_ASCII);

    private final ByteText out;
    private final Switches switches;

    EventText(ByteText out, Switches switches) {
        this.out = out;
        this.switches = switches;
    }

    private static Map<NotifyType, byte[]> heads() {
        var heads = new EnumMap<NotifyType, byte[]>(NotifyType.class);
        for (NotifyType type : NotifyType.values()) {
            heads.put(type, ("{\"type\":\"" + type.wireName() + "\"").getBytes(StandardCharsets.US_ASCII));
        }
        return heads;
    }

    void comment(String text) {
        out.ascii(": ").ascii(text);
        endBlock();
    }

    /** A data line with just this. */
    void line(String data) {
        out.ascii("data: ").ascii(data);
        endBlock();
    }

    /** What an action did, as one array or, by the switch, several. */
    void action(Watcher watcher, List<Notification> action) {
        int most = switches.eventsInArray();
        for (int from = 0; from < action.size(); from += most) {
            array(watcher, action, from, Math.min(action.size(), from + most));
        }
    }

    private void array(Watcher watcher, List<Notification> action, int from, int to) {
        out.ascii("data: [");
        for (int i = from; i < to; i++) {
            Notification notification = action.get(i);
            if (i > from) {
                out.ascii(',');
            }
            event(HEADS.getOrDefault(notification.type(), UNKNOWN_HEAD), notification, watcher.depthOf(notification));
        }
        if (switches.unknownType()) {
            Notification last = action.get(to - 1);
            out.ascii(',');
            event(UNKNOWN_HEAD, last, watcher.depthOf(last));
        }
        out.ascii(']');
        endBlock();
    }

    private void event(byte[] head, Notification notification, int depth) {
        out.bytes(head);
        if (switches.spine()) {
            spine(notification.spine(), switches.spineFromRoot() ? 0 : depth);
        }
        out.ascii(",\"path\":\"");
        String[] names = notification.names();
        for (int i = depth; i < names.length; i++) {
            if (i > depth) {
                out.ascii('/');
            }
            out.json(names[i]);
        }
        String stream = notification.stream();
        if (stream == null) {
            out.ascii("\",\"stream_name\":null");
        } else {
            out.ascii("\",\"stream_name\":\"").json(stream).ascii('"');
        }
        if (switches.unknownKey()) {
            out.ascii(",\"emulator_extra\":{\"a\":[1]}");
        }
        out.ascii('}');
    }

    private void spine(long[] ids, int from) {
        out.ascii(",\"spine\":[");
        for (int i = from; i < ids.length; i++) {
            out.ascii(i > from ? ",\"" : "\"").number(ids[i]).ascii('"');
        }
        out.ascii(']');
    }

    private void endBlock() {
        String end = switches.lineEnd();
        out.ascii(end).ascii(end);
    }
}
