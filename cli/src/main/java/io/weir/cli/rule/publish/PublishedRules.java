package io.weir.cli.rule.publish;

import io.weir.cli.search.TopicReader;
import io.weir.schemas.Rule;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules that {@code weir.rules} has.
 *
 * @param rules by id
 * @param endOffset of the topic when it was read; 0: nothing was ever published
 */
public record PublishedRules(SortedMap<String, Rule> rules, long endOffset) {
    public PublishedRules {
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
    }

    /** Reads the topic, which must exist. */
    public static PublishedRules read(KafkaConnection connection) {
        SortedMap<String, Rule> rules = new TreeMap<>();
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.RULES)) {
            long end = reader.readToEnd(record -> {
                        if (record.value() instanceof Rule rule) {
                            rules.put(record.key(), rule);
                        } else if (record.value() == null) {
                            rules.remove(record.key());
                        }
                    })
                    .getOrDefault(0, 0L);
            return new PublishedRules(rules, end);
        }
    }
}
