package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.rules.EventView;
import io.weir.schemas.FileEvent;
import io.weir.schemas.serde.WeirRecords;
import io.weir.schemas.serde.WireFormat;
import io.weir.schemas.topic.BreakerReset;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/**
 * A file event as it lies in the record, in the layout of this version's {@code FileEvent} schema. {@link #read} walks over
 * it once, checking all of it, and notes where each field is; a field is decoded when it is asked for, and the record is
 * built by {@link #record} only for events that matched.
 *
 * <p>One instance is used for all events of a judge, so a view must not be kept. Not safe for several threads. Its
 * equality with Avro's own decoder is tested on generated events.
 */
final class EventBytes implements EventView, Judged {
    static {
        WeirRecords.trust();
    }

    private static final byte[] TICK = "tick".getBytes(UTF_8);
    private static final byte[] RESET = BreakerReset.TYPE.getBytes(UTF_8);
    private static final byte[] SOURCE = "source".getBytes(UTF_8);
    private static final int ABSENT = -1;

    private final AvroCursor cursor = new AvroCursor();
    private final TextCache texts = new TextCache();
    private final StateBytes state = new StateBytes(cursor);
    private final SpecificDatumReader<FileEvent> reader = new SpecificDatumReader<>(FileEvent.class);
    private @Nullable BinaryDecoder decoder;

    private byte[] bytes = new byte[0];
    private int typeAt;
    private int typeLength;
    private int volumeAt;
    private int volumeLength;
    private int pathAt;
    private int pathLength;
    private int previousPathAt;
    private int previousPathLength;
    private int halfAt;
    private int halfLength;
    private int agentAt;
    private int agentLength;
    private long epoch;
    private long sequence;
    private int observedAt;
    private int originAt;
    private int originLength;
    private int hostAt;
    private int hostLength;
    private int actorAt;
    private int actorLength;
    private int fileIdAt;
    private int fileIdLength;
    private boolean hasActorUid;
    private long actorUid;
    private @Nullable String path;
    private @Nullable String previousPath;

    /**
     * Takes a value in the wire format whose schema has the layout of {@code FileEvent}.
     *
     * @throws UndecodableException if the bytes are not such a record, no more and no less
     */
    void read(byte[] value) {
        bytes = value;
        path = null;
        previousPath = null;
        cursor.reset(value, WireFormat.HEADER_BYTES);
        readPlace();
        readIdentity();
        readRest();
        cursor.requireEnd();
    }

    private void readPlace() {
        typeLength = cursor.length();
        typeAt = pass(typeLength);
        volumeLength = cursor.length();
        volumeAt = pass(volumeLength);
        pathLength = cursor.length();
        pathAt = pass(pathLength);
        previousPathAt = ABSENT;
        if (cursor.present()) {
            previousPathLength = cursor.length();
            previousPathAt = pass(previousPathLength);
        }
        halfAt = ABSENT;
        if (cursor.present()) {
            halfLength = cursor.length();
            halfAt = pass(halfLength);
        }
    }

    private void readIdentity() {
        agentLength = cursor.length();
        agentAt = pass(agentLength);
        epoch = cursor.number();
        sequence = cursor.number();
        observedAt = cursor.skipNumber();
        originLength = cursor.length();
        originAt = pass(originLength);
        hostLength = cursor.length();
        hostAt = pass(hostLength);
    }

    private void readRest() {
        cursor.skipOptionalText();
        cursor.skipOptionalText();
        state.read(bytes);
        actorAt = ABSENT;
        hasActorUid = false;
        if (cursor.present()) {
            readActor();
        }
        if (cursor.present()) {
            skipGap();
        }
        fileIdAt = ABSENT;
        if (cursor.present()) {
            fileIdLength = cursor.length();
            fileIdAt = pass(fileIdLength);
        }
    }

    private void readActor() {
        if (cursor.present()) {
            actorLength = cursor.length();
            actorAt = pass(actorLength);
        }
        hasActorUid = cursor.present();
        if (hasActorUid) {
            actorUid = cursor.number();
        }
        cursor.skipOptionalNumber();
        cursor.skipOptionalText();
        cursor.skipText();
        cursor.skipText();
    }

    private void skipGap() {
        cursor.skipText();
        cursor.skipText();
        cursor.skipNumber();
        cursor.skipOptionalNumber();
    }

    private int pass(int length) {
        int start = cursor.position();
        cursor.moveTo(start + length);
        return start;
    }

    boolean isTick() {
        return isOfType(TICK);
    }

    /** Whether it only says that a suspended rule may act again. */
    boolean isReset() {
        return isOfType(RESET);
    }

    private boolean isOfType(byte[] type) {
        return typeLength == type.length && Arrays.equals(type, 0, type.length, bytes, typeAt, typeAt + typeLength);
    }

    /** Whether this is what a move across directories leaves under its old directory. */
    boolean isSourceHalf() {
        return halfAt != ABSENT && Arrays.equals(SOURCE, 0, SOURCE.length, bytes, halfAt, halfAt + halfLength);
    }

    /** Notes the event's number in the store; false if it is not above the highest seen. */
    boolean advance(JudgeStore store) {
        return store.advance(bytes, agentAt, agentLength, epoch, sequence, isSourceHalf());
    }

    /** {@code agent:epoch:sequence}. */
    @Override
    public String id() {
        return agent() + ":" + epoch + ":" + sequence;
    }

    /** Builds the record. */
    @Override
    public FileEvent record() {
        int start = WireFormat.HEADER_BYTES;
        decoder = DecoderFactory.get().binaryDecoder(bytes, start, bytes.length - start, decoder);
        try {
            return reader.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            throw new UndecodableException("Avro value undecodable as FileEvent: " + e.getMessage(), e);
        }
    }

    @Override
    public String type() {
        return texts.text(bytes, typeAt, typeLength);
    }

    @Override
    public String volume() {
        return texts.text(bytes, volumeAt, volumeLength);
    }

    @Override
    public String path() {
        String text = path;
        if (text == null) {
            text = new String(bytes, pathAt, pathLength, UTF_8);
            path = text;
        }
        return text;
    }

    @Override
    public @Nullable String previousPath() {
        if (previousPath == null && previousPathAt != ABSENT) {
            previousPath = new String(bytes, previousPathAt, previousPathLength, UTF_8);
        }
        return previousPath;
    }

    @Override
    public String host() {
        return texts.text(bytes, hostAt, hostLength);
    }

    @Override
    public String agent() {
        return texts.text(bytes, agentAt, agentLength);
    }

    @Override
    public String origin() {
        return texts.text(bytes, originAt, originLength);
    }

    @Override
    public long observedAtMicros() {
        return cursor.numberAt(observedAt);
    }

    @Override
    public @Nullable String kind() {
        return state.kind(texts);
    }

    @Override
    public long size() {
        return state.size();
    }

    @Override
    public int mode() {
        return state.mode();
    }

    @Override
    public @Nullable String owner() {
        return state.owner(texts);
    }

    @Override
    public @Nullable String group() {
        return state.group(texts);
    }

    @Override
    public @Nullable String actor() {
        if (actorAt != ABSENT) {
            return texts.text(bytes, actorAt, actorLength);
        }
        return hasActorUid ? Long.toString(actorUid) : null;
    }

    @Override
    public long mtimeNanos() {
        return state.mtimeNanos();
    }

    @Override
    public @Nullable String fileId() {
        String ofState = state.fileId();
        return ofState != null || fileIdAt == ABSENT ? ofState : new String(bytes, fileIdAt, fileIdLength, UTF_8);
    }
}
