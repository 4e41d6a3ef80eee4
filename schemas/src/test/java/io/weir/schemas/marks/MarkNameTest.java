package io.weir.schemas.marks;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.marks.MarkName.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkNameTest {
    @Test
    void namesComeBack() {
        for (Phase phase : Phase.values()) {
            MarkName name = new MarkName("Ab_9-x", 12, phase);
            assertThat(MarkName.parse(name.fileName())).contains(name);
        }
        assertThat(new MarkName("a", 1, Phase.BEGIN).fileName()).isEqualTo("a.1.begin");
        assertThat(new MarkName("a", 2, Phase.END).fileName()).isEqualTo("a.2.end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".a.1.begin",
                "a.begin",
                "a.0.begin",
                "a.01.begin",
                "a.1.Begin",
                "a.1.begin.tmp",
                "a b.1.end",
                "a.1234567890.end",
                "a.-1.end",
                ".cookie-1",
                "a.1.begin\n"
            })
    void otherFilesAreNoMarks(String name) {
        assertThat(MarkName.parse(name)).isEmpty();
    }
}
