package io.weir.filter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * An event that a rule takes effect with once its file has been left alone.
 *
 * @param rule its id
 * @param conditionHash of the rule when the event satisfied it
 * @param due log time, milliseconds since 1970
 * @param entry the record as it was read
 * @param offset of the record
 */
record Waiter(String rule, String conditionHash, long due, Entry entry, long offset) {
    private static final int FORMAT = 1;

    Waiter until(long newDue) {
        return new Waiter(rule, conditionHash, newDue, entry, offset);
    }

    /** As the store keeps it. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(rule);
            out.writeUTF(conditionHash);
            out.writeLong(due);
            out.writeLong(offset);
            out.writeLong(entry.timestamp());
            write(out, entry.key());
            write(out, entry.value());
            Header[] headers = entry.headers().toArray();
            out.writeInt(headers.length);
            for (Header header : headers) {
                out.writeUTF(header.key());
                write(out, header.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Waiter of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalStateException("state of waiting rules has format " + format + ": expected " + FORMAT
                        + "; it was written by a newer version, which alone can read it");
            }
            String rule = in.readUTF();
            String hash = in.readUTF();
            long due = in.readLong();
            long offset = in.readLong();
            long timestamp = in.readLong();
            byte @Nullable [] key = read(in);
            byte @Nullable [] value = read(in);
            RecordHeaders headers = new RecordHeaders();
            for (int i = in.readInt(); i > 0; i--) {
                headers.add(in.readUTF(), read(in));
            }
            return new Waiter(rule, hash, due, new Entry(key, value, headers, timestamp), offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte @Nullable [] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }
}
