package io.weir.cli.lines;

import io.weir.schemas.Alert;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.Firing;
import io.weir.schemas.Gap;
import io.weir.schemas.Position;
import java.time.Instant;
import java.util.List;

/** Events to show. */
public final class SampleEvents {
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

    private SampleEvents() {}

    public static FileEvent.Builder event(String type, String path) {
        return FileEvent.newBuilder()
                .setType(type)
                .setVolume("inbox")
                .setPath(path)
                .setAgent("host-1")
                .setEpoch(1)
                .setSequence(42)
                .setObservedAt(TIME)
                .setOrigin("live")
                .setHost("host");
    }

    public static FileState state() {
        return FileState.newBuilder()
                .setFileId("fd00:1a2b")
                .setKind("file")
                .setSize(5)
                .setMode(0640)
                .setOwner("anna")
                .setGroup("users")
                .setMtime(1)
                .setCtime(2)
                .build();
    }

    public static FileEvent gap() {
        return event("gap", "/projects")
                .setGap(Gap.newBuilder()
                        .setReason("overflow")
                        .setDetail("the kernel's queue was full")
                        .setSince(TIME)
                        .setUntil(null)
                        .build())
                .build();
    }

    static Alert alert() {
        return Alert.newBuilder()
                .setKind("breaker-tripped")
                .setRule("r")
                .setVolume("inbox")
                .setPath("/f")
                .setMessage("suspended")
                .setFirings(2)
                .setWithinMs(60_000)
                .setSince(Instant.ofEpochSecond(1))
                .setAt(Instant.ofEpochSecond(2))
                .setRulesOffset(3)
                .setPosition(new Position("weir.file-events", 0, 4L))
                .setEvidence(List.of(new Firing("a:1:1", List.of("x")), new Firing("a:1:2", List.of())))
                .build();
    }
}
