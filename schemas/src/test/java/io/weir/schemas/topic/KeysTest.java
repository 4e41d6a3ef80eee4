package io.weir.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    @ParameterizedTest
    @CsvSource({
        "/a, web1:/",
        "/a/b, web1:/a",
        "/a/b/c.txt, web1:/a/b",
        "/, web1:/",
        "/a/, web1:/a",
        "'/a b/:/c', 'web1:/a b/:'"
    })
    void theKeyOfAnEventIsItsDirectory(String path, String key) {
        assertThat(Keys.fileEvent("web1", path)).isEqualTo(key);
    }

    /** Pinned: another value would put a directory's events into two partitions. */
    @ParameterizedTest
    @CsvSource({"web1:/, 4, 0", "web1:/in, 4, 2", "web1:/in, 48, 30", "web1:/caf\u00e9, 48, 28"})
    void thePartitionOfAKeyNeverChanges(String key, int partitions, int expected) {
        assertThat(Keys.partition(key, partitions)).isEqualTo(expected);
    }

    @Test
    void theKeyOfAnApplyIsNoRuleId() {
        assertThat(Keys.APPLY).isEqualTo("#apply");
    }
}
