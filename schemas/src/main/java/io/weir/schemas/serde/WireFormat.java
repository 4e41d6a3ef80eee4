package io.weir.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** Confluent's wire format: a zero byte, the schema id as four bytes, most significant first, then the Avro binary. */
public final class WireFormat {
    /** How many bytes lie before the Avro binary. */
    public static final int HEADER_BYTES = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /**
     * The id of the schema that the record was written with.
     *
     * @throws SerializationException if the bytes are not in this format
     */
    public static int schemaId(byte[] record) {
        if (record.length < HEADER_BYTES || record[0] != MAGIC) {
            throw new SerializationException("record of " + record.length + " bytes"
                    + (record.length == 0 ? "" : " beginning with 0x" + Integer.toHexString(record[0] & 0xFF))
                    + ": not in Confluent's wire format; expected a zero byte and four bytes of schema id");
        }
        return (record[1] & 0xFF) << 24 | (record[2] & 0xFF) << 16 | (record[3] & 0xFF) << 8 | (record[4] & 0xFF);
    }

    /** The five bytes that come before the Avro binary. */
    public static byte[] header(int schemaId) {
        return new byte[] {
            MAGIC, (byte) (schemaId >>> 24), (byte) (schemaId >>> 16), (byte) (schemaId >>> 8), (byte) schemaId
        };
    }
}
