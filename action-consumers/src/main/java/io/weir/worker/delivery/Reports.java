package io.weir.worker.delivery;

import io.weir.schemas.ActionResult;
import io.weir.schemas.topic.Causation;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where it goes what became of requests. Safe for all threads. */
public interface Reports {
    /**
     * Reports a result.
     *
     * @param source the request
     * @param cause headers of the request
     * @param acknowledged called once, when the report is safe
     */
    void result(
            ConsumerRecord<byte[], byte[]> source,
            ActionResult result,
            String failure,
            Causation cause,
            Runnable acknowledged);

    /** Reports that a record is no request that this worker could ever carry out. */
    void discarded(ConsumerRecord<byte[], byte[]> source, String cause, String detail, Runnable acknowledged);

    /** Waits until what was reported is acknowledged, or has failed. */
    void flush();
}
