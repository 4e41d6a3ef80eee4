package io.weir.filter.replay.verify;

import io.weir.filter.Output;
import io.weir.filter.replay.Judgements;
import io.weir.filter.replay.PartitionWindow;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Puts what judging a partition anew leads to into the comparison. */
final class DerivedClaims implements Judgements {
    private final PartitionWindow window;
    private final Comparison comparison;

    DerivedClaims(PartitionWindow window, Comparison comparison) {
        this.window = window;
        this.comparison = comparison;
    }

    @Override
    public void on(ConsumerRecord<byte[], byte[]> record, List<Output> outputs) {
        if (!window.has(record.offset())) {
            return;
        }
        String place = Places.of(record);
        for (Output output : outputs) {
            if (output instanceof Output.Concluded concluded) {
                comparison.derived(Claim.of(concluded.decision(), concluded.headers(), place));
            } else if (output instanceof Output.Contributed contributed) {
                comparison.derived(Claim.of(contributed.contribution(), contributed.headers(), place));
            }
        }
    }

    @Override
    public void reached(long offset, long millis, boolean ended) {
        comparison.reached(window.partition(), ended ? Long.MAX_VALUE : offset);
    }

    @Override
    public boolean isFull() {
        return comparison.isSourceFull(window.partition());
    }

    @Override
    public void giveWay() {
        comparison.giveWay(window.partition());
    }
}
