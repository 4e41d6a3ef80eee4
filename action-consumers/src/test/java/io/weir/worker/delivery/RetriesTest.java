package io.weir.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.posix.Errno;
import io.weir.posix.PosixException;
import io.weir.worker.RemoteFailureException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {
    private static PosixException failure(int errno) {
        return new PosixException(errno, "rename", "/a");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 11, 16, 28, 2})
    void whatMayPassIsTriedAgainWithGrowingPausesButNotForEver(int errno) {
        assertThat(Retries.after(1, failure(errno)))
                .hasValueSatisfying(d -> assertThat(d).isBetween(Duration.ofMillis(100), Duration.ofMillis(125)));
        assertThat(Retries.after(4, failure(errno)))
                .hasValueSatisfying(d -> assertThat(d).isBetween(Duration.ofMillis(6400), Duration.ofMillis(8000)));
        assertThat(Retries.after(5, failure(errno))).isEmpty();
        assertThat(Retries.after(1, new IOException("no errno"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.EACCES, Errno.EROFS, Errno.ENAMETOOLONG, Errno.ENOTDIR})
    void whatWouldFailAgainIsNotTriedAgain(int errno) {
        assertThat(Retries.after(1, failure(errno))).isEmpty();
    }

    @Test
    void aServerIsGivenMinutesAndTheTimeThatItAsksForWithinALimit() {
        var away = new RemoteFailureException("away", null);
        assertThat(Retries.after(1, away))
                .hasValueSatisfying(d -> assertThat(d).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1250)));
        assertThat(Retries.after(5, away))
                .hasValueSatisfying(d -> assertThat(d).isBetween(Duration.ofSeconds(256), Duration.ofSeconds(320)));
        assertThat(Retries.after(6, away)).isEmpty();
        assertThat(Retries.after(1, RemoteFailureException.until("busy", Duration.ofSeconds(40))))
                .hasValueSatisfying(d -> assertThat(d).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(50)));
        assertThat(Retries.after(1, RemoteFailureException.until("busy", Duration.ofDays(9))))
                .hasValueSatisfying(d -> assertThat(d).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(375)));
        assertThat(Retries.after(1, RemoteFailureException.until("busy", Duration.ofSeconds(-4))))
                .hasValueSatisfying(d -> assertThat(d).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void aNameTakenMeanwhileIsPlannedAgainAtOnce() {
        assertThat(Retries.after(1, failure(Errno.EEXIST)))
                .hasValueSatisfying(d -> assertThat(d).isLessThan(Duration.ofMillis(50)));
    }
}
