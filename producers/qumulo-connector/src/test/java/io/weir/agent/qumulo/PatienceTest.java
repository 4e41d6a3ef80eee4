package io.weir.agent.qumulo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PatienceTest {
    private static final long LONG = Duration.ofMinutes(1).toNanos();

    private final Patience patience = new Patience();
    private final AtomicInteger calls = new AtomicInteger();

    private String failingOnce(Reason reason) throws QumuloException {
        if (calls.incrementAndGet() == 1) {
            throw new QumuloException("not now", reason, null);
        }
        return "answer";
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "NOT_LOGGED_IN", "PRIVILEGE_MISSING"})
    void whatSomebodyMayMendIsWaitedFor(Reason reason) {
        assertThat(patience.untilAnswered(() -> failingOnce(reason))).isEqualTo("answer");
        assertThat(calls).hasValue(2);
        assertThat(patience.waitingFor()).isEmpty();
    }

    @Test
    void whatWaitingDoesNotMendIsToldAtOnce() {
        assertThatThrownBy(() -> patience.untilAnswered(() -> failingOnce(Reason.INVALID)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("not now");
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatIsWaitedForIsTold() {
        String answer = patience.untilAnswered(() -> {
            if (calls.getAndIncrement() == 1) {
                assertThat(patience.waitingFor()).contains("not now");
                return "answer";
            }
            throw new QumuloException("not now", Reason.UNAVAILABLE, null);
        });
        assertThat(answer).isEqualTo("answer");
    }

    @Test
    void nothingIsWaitedForOnceItIsClosed() {
        patience.close();
        assertThatThrownBy(() -> patience.untilAnswered(() -> failingOnce(Reason.UNAVAILABLE)))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void anAnswerIsWaitedForAsLongAsThereIsTime() throws Exception {
        assertThat(patience.answeredInTime(() -> failingOnce(Reason.UNAVAILABLE), System.nanoTime() + LONG))
                .isEqualTo("answer");
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, 0", "INVALID, 60000000000"})
    void thenAndWhereWaitingDoesNotMendItIsToldAtOnce(Reason reason, long nanos) {
        assertThatThrownBy(() -> patience.answeredInTime(() -> failingOnce(reason), System.nanoTime() + nanos))
                .isInstanceOf(QumuloException.class)
                .hasMessage("not now");
        assertThat(calls).hasValue(1);
    }
}
