package io.weir.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.ActionRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests need not come from the filter: whoever may write their topic may write anything. */
class UnacceptableRequestTest {
    @TempDir
    Path directory;

    @AutoClose
    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(directory);
        bench.file("/a", "");
    }

    @Test
    void parametersThatCannotBeReadAreAFaultOfTheRequestAndNotOfTheWorker() throws Exception {
        ActionRequest request = bench.request("email", Map.of("digest", "soon"), bench.event("/a"));

        assertThat(bench.runner().unacceptable(request).orElseThrow())
                .startsWith("its parameters are none of action 'email': ")
                .contains("soon");
    }

    @Test
    void anActionThatIsNotKnownIsNamed() throws Exception {
        ActionRequest request = bench.request("explode", Map.of(), bench.event("/a"));

        assertThat(bench.runner().unacceptable(request).orElseThrow()).contains("action 'explode' is not known");
    }
}
