package io.weir.filter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a rule has fired on a path since a first time. Times are log time, milliseconds since 1970.
 *
 * @param rule hash over all of the rule
 * @param begun when it fired first
 * @param last when it fired last
 * @param end when it is over
 * @param count how often it fired
 * @param tripped whether that was too often
 * @param events ids of the last events that it fired on, the oldest first; none while it is far from too often
 */
record Span(String rule, long begun, long last, long end, int count, boolean tripped, List<String> events) {
    /** How many events are shown as evidence. */
    static final int SHOWN = 5;

    private static final int FORMAT = 1;

    Span {
        events = List.copyOf(events);
    }

    /** Of a rule that is about to fire, outside of a span. */
    static Span from(String rule, long time, long length) {
        return new Span(rule, time, time, time + length, 0, false, List.of());
    }

    /** Whether a firing of the rule falls into it. */
    boolean has(String ofRule, long time) {
        return rule.equals(ofRule) && time < end;
    }

    /**
     * The span with one firing more.
     *
     * @param most after how many firings the next one is too many
     */
    Span with(String event, long time, int most) {
        List<String> ids = new ArrayList<>(events);
        if (count + SHOWN > most) {
            ids.add(event);
        }
        if (ids.size() > SHOWN) {
            ids.remove(0);
        }
        return new Span(rule, begun, time, end, count + 1, count == most, ids);
    }

    /** As the store keeps it. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(rule);
            out.writeLong(begun);
            out.writeLong(last);
            out.writeLong(end);
            out.writeInt(count);
            out.writeBoolean(tripped);
            out.writeInt(events.size());
            for (String event : events) {
                out.writeUTF(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Span of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalStateException("state of breakers has format " + format + ": expected " + FORMAT
                        + "; it was written by a newer version, which alone can read it");
            }
            String rule = in.readUTF();
            long begun = in.readLong();
            long last = in.readLong();
            long end = in.readLong();
            int count = in.readInt();
            boolean tripped = in.readBoolean();
            List<String> events = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                events.add(in.readUTF());
            }
            return new Span(rule, begun, last, end, count, tripped, events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
