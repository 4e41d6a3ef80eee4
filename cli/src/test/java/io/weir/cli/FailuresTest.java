package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void messagesWrittenForUsersStandAlone() {
        assertThat(Failures.describe(new CommandException("no rule has the id x")))
                .isEqualTo("no rule has the id x");
        assertThat(Failures.describe(new IllegalArgumentException("expected one")))
                .isEqualTo("expected one");
    }

    @Test
    void othersAreShownWithTheirClass() {
        assertThat(Failures.describe(new IOException("disk on fire"))).isEqualTo("IOException: disk on fire");
        assertThat(Failures.describe(new NullPointerException())).isEqualTo("NullPointerException");
    }

    @Test
    void filesThatCannotBeOpenedAreNamed() {
        assertThat(Failures.describe(new NoSuchFileException("/a"))).isEqualTo("no such file or directory: '/a'");
        assertThat(Failures.describe(new AccessDeniedException("/a"))).isEqualTo("permission denied: '/a'");
    }

    @Test
    void wrappersOfFuturesAreTakenOff() {
        var cause = new CommandException("the reason");
        assertThat(Failures.describe(new ExecutionException(new CompletionException(cause))))
                .isEqualTo("the reason");
    }
}
