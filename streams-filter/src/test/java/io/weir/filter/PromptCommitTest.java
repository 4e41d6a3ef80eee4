package io.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.Decision;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PromptCommitTest {
    private static final Output REQUEST =
            new Output.Request("weir.actions.v", null, new ActionRequest(), new RecordHeaders());
    private static final Output DECISION =
            new Output.Concluded("weir.decisions", new byte[0], new Decision(), new RecordHeaders());

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
    private final PromptCommit commits = new PromptCommit(Duration.ofMillis(10), now::get);

    @Test
    void aRequestIsCommittedAtOnce() {
        assertThat(commits.isDue(List.of(DECISION, REQUEST))).isTrue();
    }

    @Test
    void decisionsCanWait() {
        assertThat(commits.isDue(List.of(DECISION))).isFalse();
        assertThat(commits.isDue(List.of())).isFalse();
    }

    @Test
    void requestsCloseTogetherShareTheCommitsOfTheInterval() {
        commits.isDue(List.of(REQUEST));
        for (int i = 0; i < 5; i++) {
            now.addAndGet(Duration.ofMillis(9).toNanos());
            assertThat(commits.isDue(List.of(REQUEST))).isFalse();
        }
        now.addAndGet(Duration.ofMillis(10).toNanos());
        assertThat(commits.isDue(List.of(REQUEST))).isTrue();
    }

    @Test
    void whatCameDuringALongCommitSharesTheNextOne() {
        commits.isDue(List.of(REQUEST));
        now.addAndGet(Duration.ofMillis(300).toNanos());
        commits.ended();
        assertThat(commits.isDue(List.of(REQUEST))).isFalse();
        now.addAndGet(Duration.ofMillis(10).toNanos());
        assertThat(commits.isDue(List.of(REQUEST))).isTrue();
    }

    @Test
    void decisionsDoNotCountForTheInterval() {
        commits.isDue(List.of(DECISION));
        assertThat(commits.isDue(List.of(REQUEST))).isTrue();
    }
}
