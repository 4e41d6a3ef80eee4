package io.weir.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class WireFormatTest {
    @Test
    void idsComeBack() {
        for (int id : new int[] {1, 255, 256, 65_536, 0x01020304, Integer.MAX_VALUE}) {
            assertThat(WireFormat.schemaId(WireFormat.header(id))).isEqualTo(id);
        }
        assertThat(WireFormat.header(0x01020304)).containsExactly(0, 1, 2, 3, 4).hasSize(WireFormat.HEADER_BYTES);
    }

    @Test
    void otherBytesAreRefused() {
        assertThatThrownBy(() -> WireFormat.schemaId(new byte[] {'{', '"', 'a', '"', ':', '1', '}'}))
                .isInstanceOf(SerializationException.class)
                .hasMessage(
                        "record of 7 bytes beginning with 0x7b: not in Confluent's wire format; expected a zero byte"
                                + " and four bytes of schema id");
        assertThatThrownBy(() -> WireFormat.schemaId(new byte[4])).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> WireFormat.schemaId(new byte[0]))
                .hasMessageStartingWith("record of 0 bytes: not in Confluent's wire format");
    }
}
