package io.weir.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopScopeTest {
    @ParameterizedTest
    @ValueSource(strings = {"all", "volume/web-1", "rule/lock uploads/2"})
    void aScopeIsReadAsItIsWritten(String text) {
        assertThat(StopScope.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ALL", "rule/", "volume", "volume/No Such", "file/x", "/x"})
    void whatIsNoScopeIsRefused(String text) {
        assertThatThrownBy(() -> StopScope.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aScopeCoversWhatItNames() {
        assertThat(StopScope.ALL.covers("web", "r")).isTrue();
        assertThat(StopScope.volume("web").covers("web", "r")).isTrue();
        assertThat(StopScope.volume("web").covers("db", "web")).isFalse();
        assertThat(StopScope.rule("r").covers("web", "r")).isTrue();
        assertThat(StopScope.rule("r").covers("r", "web")).isFalse();
    }
}
