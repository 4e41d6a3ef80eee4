package io.weir.cli.letter;

import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.search.TimeRange;
import io.weir.cli.search.TopicScan;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Resolution;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code weir.dead-letters}. */
final class Letters {
    private final TopicScan scan;
    private final TreeMap<Long, Letter> letters = new TreeMap<>();

    private Letters(TopicScan scan) {
        this.scan = scan;
    }

    /** All there are, in their order, with what was decided about them. */
    static Letters read(KafkaConnection connection, TimeRange range, CommandOutput output) {
        try (TopicScan scan = new TopicScan(connection, output)) {
            Letters letters = new Letters(scan);
            scan.forEach(scan.partitions(Topics.DEAD_LETTERS), range, letters::take);
            return letters;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Resolution.read(record.headers())
                .ifPresentOrElse(
                        decided -> letters.computeIfPresent(
                                decided.offset(), (number, letter) -> letter.resolved(decided)),
                        () -> DeadLetter.read(record.headers())
                                .ifPresent(cause -> letters.put(
                                        record.offset(),
                                        new Letter(
                                                record,
                                                cause,
                                                scan.decode(record).value(),
                                                Optional.empty()))));
    }

    Collection<Letter> all() {
        return letters.values();
    }

    /**
     * Those with these numbers, in their order.
     *
     * @throws CommandException if one is not there
     */
    List<Letter> withNumbers(Collection<Long> numbers) {
        List<Letter> found = new ArrayList<>();
        for (long number : numbers) {
            Letter letter = letters.get(number);
            if (letter == null) {
                throw new CommandException("dead letter " + number + " is not there (any more); 'weir dead-letters list"
                        + " --all' shows all, and nothing was changed");
            }
            found.add(letter);
        }
        return found;
    }
}
