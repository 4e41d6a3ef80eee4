package io.weir.filter.replay.verify;

import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ReplayException;
import io.weir.schemas.connect.KafkaConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the filters have judged: what lies behind is not verified yet. */
record JudgedOffsets(Map<TopicPartition, OffsetAndMetadata> offsets) {
    static JudgedOffsets read(KafkaConnection connection, String group) {
        try (Admin admin = Admin.create(connection.adminConfig("weir-audit"))) {
            return new JudgedOffsets(admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get());
        } catch (ExecutionException e) {
            throw new ReplayException(
                    "cannot read the offsets of group='" + group + "': " + e.getCause()
                            + "; expected the application id of the filters, by default weir-filter",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted while reading offsets", e);
        }
    }

    /** Where none is known any more, since no filter has run for long, all has been judged that ever will be. */
    LogWindow within(LogWindow window) {
        Map<Integer, Long> ends = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            if (partition.topic().equals(window.topic()) && offset != null) {
                ends.put(partition.partition(), offset.offset());
            }
        });
        return window.upTo(ends);
    }
}
