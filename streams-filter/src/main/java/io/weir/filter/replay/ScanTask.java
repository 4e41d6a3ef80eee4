package io.weir.filter.replay;

import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Gives each record of a partition to a handler. */
public record ScanTask(TopicPartition partition, long begin, long end, Consumer<ConsumerRecord<byte[], byte[]>> handler)
        implements PartitionTask {
    /** All records of a window; the handler is called by several threads. */
    public static List<ScanTask> window(LogWindow window, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        return window.partitions().values().stream()
                .map(each -> new ScanTask(each.partition(), each.begin(), each.end(), handler))
                .toList();
    }

    /** All records that are kept, up to the window's end. */
    public static List<ScanTask> kept(LogWindow window, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        return window.partitions().values().stream()
                .map((PartitionWindow each) -> new ScanTask(each.partition(), each.oldest(), each.end(), handler))
                .toList();
    }

    @Override
    public void on(ConsumerRecord<byte[], byte[]> record) {
        handler.accept(record);
    }
}
