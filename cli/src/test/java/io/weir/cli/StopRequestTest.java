package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopRequestTest {
    private final StopRequest stop = new StopRequest();

    @Test
    void waitsUntilAskedFor() throws InterruptedException {
        assertThat(stop.await(Duration.ofMillis(1))).isFalse();
        stop.request();
        assertThat(stop.await(Duration.ofDays(1))).isTrue();
        stop.await();
    }

    @Test
    void failureEndsTheWaitWithItsReason() {
        stop.fail(new IOException("the disk is full"));
        assertThatThrownBy(stop::await).isInstanceOf(CommandException.class).hasMessageContaining("the disk is full");
    }

    @Test
    void failureDuringAStopIsNone() throws InterruptedException {
        stop.request();
        stop.fail(new IOException("too late"));
        stop.await();
        assertThat(stop.isRequested()).isTrue();
    }
}
