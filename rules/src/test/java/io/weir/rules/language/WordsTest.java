package io.weir.rules.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.EventTypes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            creatd, created
            craeted, created
            CREATED, created
            create, created
            moved_in, moved-in
            movedin, moved-in
            delete, deleted
            attribute-changed, attributes-changed
            attributes, attributes-changed
            """)
    void findsWhatWasMeant(String written, String meant) {
        assertThat(Words.nearest(written, EventTypes.WORDS)).contains(meant);
    }

    @Test
    void doesNotGuessWildly() {
        assertThat(Words.nearest("banana", EventTypes.WORDS)).isEmpty();
        assertThat(Words.nearest("xy", List.of("ab"))).isEmpty();
    }

    @Test
    void sentences() {
        assertThat(Words.unknown("thing", "alp", List.of("alpha", "beta")))
                .isEqualTo("unknown thing 'alp': expected one of alpha, beta; did you mean 'alpha'?");
        assertThat(Words.unknown("thing", "x", List.of("alpha"))).isEqualTo("unknown thing 'x': expected 'alpha'");
        assertThat(Words.unknown("thing", "x", List.of())).isEqualTo("unknown thing 'x': there are none");
    }
}
