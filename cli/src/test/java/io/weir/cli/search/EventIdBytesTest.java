package io.weir.cli.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.lines.SampleEvents;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.EventId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

class EventIdBytesTest {
    private static byte[] encode(FileEvent event) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<>(FileEvent.getClassSchema(), SpecificData.getForClass(FileEvent.class))
                .write(event, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static FileEvent event(String agent, long epoch, long sequence) {
        return SampleEvents.event("written", "/a")
                .setAgent(agent)
                .setEpoch(epoch)
                .setSequence(sequence)
                .setState(SampleEvents.state())
                .build();
    }

    @Test
    void anEventIsNeverPassedOver() throws IOException {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("EventIdBytesTest: -Dweir.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            long sequence = random.nextLong() >> random.nextInt(64);
            FileEvent event = event("agent-" + random.nextInt(100), random.nextLong(), sequence);
            EventIdBytes id = new EventIdBytes(EventId.of(event));
            assertThat(id.mayBeIn(encode(event))).as("seed %d: %s", seed, event).isTrue();
            assertThat(id.isOf(event)).isTrue();
        }
    }

    @Test
    void otherAgentsAndNumbersArePassedOver() throws IOException {
        EventIdBytes id = new EventIdBytes(new EventId("agent-1", 1, 1_000_000));

        assertThat(id.mayBeIn(encode(event("agent-2", 1, 1_000_000)))).isFalse();
        assertThat(id.mayBeIn(encode(event("agent-1", 1, 1_000_001)))).isFalse();
        assertThat(id.mayBeIn("agent-1".getBytes(UTF_8))).isFalse();
        assertThat(id.mayBeIn(new byte[0])).isFalse();
        assertThat(id.isOf(event("agent-1", 2, 1_000_000))).as("another epoch").isFalse();
    }
}
