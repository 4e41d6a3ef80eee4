package io.weir.worker.delivery;

import io.weir.schemas.ActionResult;
import io.weir.schemas.topic.Causation;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells what would have been reported; writes nothing to Kafka. */
public final class DryRunReports implements Reports {
    private final Consumer<ActionResult> results;
    private final Consumer<String> remarks;

    /**
     * Makes one; both are called by many threads.
     *
     * @param remarks takes what is said of records that are no requests
     */
    public DryRunReports(Consumer<ActionResult> results, Consumer<String> remarks) {
        this.results = results;
        this.remarks = remarks;
    }

    @Override
    public void result(
            ConsumerRecord<byte[], byte[]> source,
            ActionResult result,
            String failure,
            Causation cause,
            Runnable acknowledged) {
        results.accept(result);
        acknowledged.run();
    }

    @Override
    public void discarded(ConsumerRecord<byte[], byte[]> source, String cause, String detail, Runnable acknowledged) {
        remarks.accept(source.topic() + "-" + source.partition() + "@" + source.offset()
                + " would become a dead letter: " + cause + ": " + detail);
        acknowledged.run();
    }

    @Override
    public void flush() {}
}
