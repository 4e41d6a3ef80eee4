package io.weir.cli.letter;

import io.weir.cli.CommandOutput;
import io.weir.cli.search.TimeRange;
import io.weir.schemas.connect.KafkaConnection;

/** Dead letters about which nothing was decided. */
public final class OpenLetters {
    private OpenLetters() {}

    /** How many there are. */
    public static long count(KafkaConnection connection, CommandOutput output) {
        return Letters.read(connection, TimeRange.ALL, output).all().stream()
                .filter(letter -> letter.resolution().isEmpty())
                .count();
    }
}
