package io.weir.filter.replay.backtest;

import io.weir.filter.replay.EventReplay;
import io.weir.filter.replay.PartitionTask;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Has both sides judge each event of a partition. */
record BacktestTask(List<EventReplay> sides, Changes changes) implements PartitionTask {
    @Override
    public TopicPartition partition() {
        return sides.get(0).partition();
    }

    @Override
    public long begin() {
        return sides.get(0).begin();
    }

    @Override
    public long end() {
        return sides.get(0).end();
    }

    @Override
    public void on(ConsumerRecord<byte[], byte[]> record) {
        for (int i = 0; i < sides.size(); i++) {
            sides.get(i).on(record);
        }
        changes.settle();
    }

    @Override
    public void reached(long offset, boolean ended) {
        sides.forEach(side -> side.reached(offset, ended));
    }

    @Override
    public boolean isFull() {
        return sides.stream().anyMatch(EventReplay::isFull);
    }

    @Override
    public void giveWay() {
        sides.forEach(EventReplay::giveWay);
    }
}
