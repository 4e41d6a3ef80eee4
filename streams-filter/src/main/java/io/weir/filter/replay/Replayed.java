package io.weir.filter.replay;

import io.weir.filter.Output;
import java.time.Instant;
import java.util.List;

/**
 * What a record of the window leads to.
 *
 * @param time of the record, by the log
 * @param topic of the record
 * @param partition of the record
 * @param offset of the record; of a contribution that is in no topic, how many of its partition came before it
 * @param outputs in their order
 */
public record Replayed(Instant time, String topic, int partition, long offset, List<Output> outputs) {
    public Replayed {
        outputs = List.copyOf(outputs);
    }
}
