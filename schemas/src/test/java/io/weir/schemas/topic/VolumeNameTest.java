package io.weir.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeNameTest {
    private static final String LONGEST = "a".repeat(63);

    @Test
    void validNamesAreTaken() {
        for (String name : new String[] {"a", "0", "web-1", "a--b", LONGEST}) {
            assertThat(VolumeName.requireValid(name)).isEqualTo(name);
            assertThat(VolumeName.from(name)).isEqualTo(name);
        }
        assertThat(Topics.actionsOf("web-1")).isEqualTo("weir.actions.web-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "a_b", "a b", "\u00e4", "a/b", "#apply"})
    void othersAreRefused(String name) {
        assertThatThrownBy(() -> VolumeName.requireValid(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("volume name='" + name + "': expected 1 to 63 of a-z, 0-9 and '-'");
        assertThat(VolumeName.isValid(LONGEST + "a")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Web.Example.COM, web-example-com", "_x_, x", "'', volume", "---, volume", "H\u00e4user, h-user"})
    void anyTextHasANearestName(String text, String name) {
        assertThat(VolumeName.from(text)).isEqualTo(name);
        assertThat(VolumeName.isValid(VolumeName.from(text + "x".repeat(80)))).isTrue();
        assertThat(VolumeName.isValid(VolumeName.from("x".repeat(62) + "." + text)))
                .isTrue();
    }
}
