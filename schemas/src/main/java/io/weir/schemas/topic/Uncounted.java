package io.weir.schemas.topic;

import io.weir.schemas.Contribution;
import io.weir.schemas.FileEvent;

/** Entries among the contributions that are none to count: ticks and resets. */
public final class Uncounted {
    private Uncounted() {}

    /**
     * Says something by its place in the log.
     *
     * @param rule whom it concerns; {@code -} for all
     * @param event of a type that is no event of a file
     */
    public static Contribution contribution(String rule, FileEvent event) {
        return Contribution.newBuilder()
                .setRule(rule)
                .setConditionHash("")
                .setGroup("")
                .setEvent(event)
                .setEventPartition(-1)
                .setEventOffset(-1)
                .setRulesOffset(-1)
                .build();
    }
}
