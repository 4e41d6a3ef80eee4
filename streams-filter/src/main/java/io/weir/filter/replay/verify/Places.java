package io.weir.filter.replay.verify;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where records lie, for people. */
final class Places {
    private Places() {}

    /** {@code weir.decisions-2@17}. */
    static String of(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
