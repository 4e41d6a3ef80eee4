package io.weir.schemas.marks;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Marks as ASCII JSON. Unknown properties are passed over, so that workers and agents can be upgraded in any order. */
public final class MarkCodec {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private MarkCodec() {}

    /** Encodes a {@link BeginMark}, an {@link EndMark} or a {@link Journalled}. */
    public static byte[] encode(Record mark) {
        try {
            return JSON.writeValueAsBytes(mark);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Decodes a begin mark.
     *
     * @throws IOException if the bytes are not one
     */
    public static BeginMark decodeBegin(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, BeginMark.class);
    }

    /**
     * Decodes an effect with what is needed to reverse it.
     *
     * @throws IOException if the bytes are not one
     */
    public static Journalled decodeJournalled(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, Journalled.class);
    }

    /**
     * Decodes an end mark.
     *
     * @throws IOException if the bytes are not one
     */
    public static EndMark decodeEnd(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, EndMark.class);
    }
}
