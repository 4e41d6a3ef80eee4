package io.weir.cli.rule;

import io.weir.schemas.RuleStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Waits for what the running filter says of an apply. Opened before the apply, so that a quick answer is not missed. */
public final class ApplyConfirmation implements Closeable {
    private final TopicReader reader;

    private ApplyConfirmation(TopicReader reader) {
        this.reader = reader;
    }

    /** Remembers where {@code weir.rule-status} ends now. */
    public static ApplyConfirmation open(KafkaConnection connection) {
        return new ApplyConfirmation(TopicReader.fromNow(connection, Topics.RULE_STATUS));
    }

    /** Waits until the filter has reported the apply as a whole. */
    ApplyOutcome await(String applyId, Duration atMost) {
        Map<String, RuleStatus> rules = new HashMap<>();
        RuleStatus[] whole = new RuleStatus[1];
        reader.readUntil(
                record -> {
                    if (record.value() instanceof RuleStatus status && applyId.equals(status.getApplyId())) {
                        if (status.getRule().equals(Keys.APPLY)) {
                            whole[0] = status;
                            return true;
                        }
                        rules.put(status.getRule(), status);
                    }
                    return false;
                },
                atMost);
        return new ApplyOutcome(Optional.ofNullable(whole[0]), rules);
    }

    @Override
    public void close() {
        reader.close();
    }
}
