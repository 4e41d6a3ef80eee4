package io.weir.cli.qumulo;

import io.weir.agent.qumulo.StateInterest;
import io.weir.filter.ActiveRules;
import io.weir.filter.RuleLog;
import io.weir.filter.RuleRecords;
import io.weir.rules.ActionTypes;
import io.weir.rules.EventView;
import io.weir.rules.Matcher;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Wants a file's state where the rules in force ask for it: a condition of a rule that comes into question looks at it, or a
 * rule matches without, whose actions are told it. Until the rules have been read, of every event.
 */
final class RulesInterest implements StateInterest, Closeable {
    private final String volume;
    private final TopicFollower follower;
    private volatile @Nullable Matcher rules;

    /** Follows {@code weir.rules} from now on. */
    RulesInterest(KafkaConnection connection, String volume) {
        this.volume = volume;
        this.follower = new TopicFollower(connection, Topics.RULES, new Taker());
    }

    @Override
    public boolean wants(String type, String path) {
        Matcher matcher = rules;
        return matcher == null || wants(matcher, type, volume, path);
    }

    static boolean wants(Matcher matcher, String type, String volume, String path) {
        var event = new Unread(type, volume, path);
        matcher.match(event, rule -> event.asked());
        return event.asked;
    }

    private final class Taker implements TopicFollower.Taker {
        private RuleLog log = newLog();
        private boolean read;

        private static RuleLog newLog() {
            return new RuleLog(ActionTypes.discover(), report -> {});
        }

        @Override
        public void anew() {
            log = newLog();
            read = false;
        }

        @Override
        public void accept(ConsumerRecord<String, SpecificRecord> record) {
            RuleRecords.feed(log, record.key(), record.headers(), record.value(), record.offset());
        }

        @Override
        public void caughtUp() {
            if (!read) {
                read = true;
                log.restored();
            }
            ActiveRules active = log.get();
            rules = active.matcher();
        }
    }

    @Override
    public void close() {
        follower.close();
    }

    /** An event of whose file nothing is known, and that notes whether that was asked for. */
    private static final class Unread implements EventView {
        private final String type;
        private final String volume;
        private final String path;
        private boolean asked;

        Unread(String type, String volume, String path) {
            this.type = type;
            this.volume = volume;
            this.path = path;
        }

        private void asked() {
            asked = true;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public String volume() {
            return volume;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public @Nullable String previousPath() {
            asked = true; // Whether it fits is not known here.
            return null;
        }

        @Override
        public String host() {
            asked = true;
            return "";
        }

        @Override
        public String agent() {
            asked = true;
            return "";
        }

        @Override
        public String origin() {
            asked = true;
            return "live";
        }

        @Override
        public long observedAtMicros() {
            asked = true;
            return 0;
        }

        @Override
        public @Nullable String kind() {
            asked = true;
            return null;
        }

        @Override
        public long size() {
            asked = true;
            return -1;
        }

        @Override
        public int mode() {
            asked = true;
            return -1;
        }

        @Override
        public @Nullable String owner() {
            asked = true;
            return null;
        }

        @Override
        public @Nullable String group() {
            asked = true;
            return null;
        }

        @Override
        public @Nullable String actor() {
            return null;
        }

        @Override
        public long mtimeNanos() {
            asked = true;
            return -1;
        }

        @Override
        public @Nullable String fileId() {
            return null;
        }
    }
}
