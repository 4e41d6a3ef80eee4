package io.weir.it.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.it.TestCluster;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.TopicException;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterLostOffsetsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @AutoClose
    private final TestCluster cluster = TestCluster.start();

    @TempDir
    Path directory;

    private FilterApplication filter() {
        return new FilterApplication(FilterConfig.of(cluster.connection(), directory));
    }

    private void awaitRead(FilterApplication filter, long count) {
        org.awaitility.Awaitility.await()
                .atMost(LIMIT)
                .until(() -> filter.figures().read() >= count);
    }

    @Test
    void withoutTopicsItSaysWhatToDo() {
        try (FilterApplication filter = filter()) {
            assertThatThrownBy(filter::start)
                    .isInstanceOf(TopicException.class)
                    .hasMessageContaining("topic='weir.file-events' does not exist; run 'weir topics create'");
        }
    }

    @Test
    void eventsThatAreGoneBeforeTheyWereJudgedStopItWithTheReason() throws Exception {
        cluster.withTopics();
        try (Feed feed = new Feed(cluster.connection())) {
            feed.sendAll(1, 100, "txt");
            try (FilterApplication filter = filter()) {
                filter.start();
                filter.awaitRunning(LIMIT);
                awaitRead(filter, 100);
            }
            feed.sendAll(101, 200, "txt");
        }
        deleteAllEvents();
        try (FilterApplication filter = filter()) {
            filter.start();
            assertThatThrownBy(() -> filter.stopped()
                            .toCompletableFuture()
                            .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("the next event to judge is gone from the log")
                    .hasMessageContaining("kafka-consumer-groups");
            assertThat(filter.fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("gone from the log"));
        }
        List<ConsumerRecord<String, ComponentStatus>> statuses = cluster.read(Topics.COMPONENTS);
        assertThat(statuses.get(statuses.size() - 1).key()).startsWith("filter/");
    }

    private void deleteAllEvents() throws Exception {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (ConsumerRecord<String, FileEvent> event : cluster.<FileEvent>read(Topics.FILE_EVENTS)) {
            all.put(
                    new TopicPartition(event.topic(), event.partition()),
                    RecordsToDelete.beforeOffset(event.offset() + 1));
        }
        try (Admin admin = Admin.create(cluster.connection().adminConfig("it"))) {
            admin.deleteRecords(all).all().get();
        }
    }
}
