package io.weir.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpooledEventTest {
    @Test
    void moveAcrossDirectoriesLeavesAHalfUnderTheOldOne() {
        SpooledEvent moved = new SpooledEvent(moved("/a/f", "/b/f"), Optional.empty());

        assertThat(moved.key()).isEqualTo("v:/b");
        assertThat(moved.sourceKey()).contains("v:/a");
        assertThat(moved.sourceHalf()).get().satisfies(half -> {
            assertThat(half.getHalf()).isEqualTo("source");
            assertThat(half.getState()).isEqualTo(moved.event().getState());
        });
    }

    @Test
    void moveWithinADirectoryHasNoHalves() {
        SpooledEvent moved = new SpooledEvent(moved("/a/f", "/a/g"), Optional.empty());

        assertThat(moved.sourceKey()).isEmpty();
        assertThat(moved.sourceHalf()).isEmpty();
    }

    private static FileEvent moved(String from, String to) {
        return FileEvent.newBuilder()
                .setType("moved")
                .setVolume("v")
                .setPath(to)
                .setPreviousPath(from)
                .setAgent("agent")
                .setEpoch(1)
                .setSequence(1)
                .setObservedAt(Instant.EPOCH)
                .setHost("host")
                .setState(FileState.newBuilder()
                        .setFileId("1:2")
                        .setKind("file")
                        .setSize(1)
                        .setMode(0644)
                        .setOwner("o")
                        .setGroup("g")
                        .setMtime(1)
                        .setCtime(1)
                        .build())
                .build();
    }
}
