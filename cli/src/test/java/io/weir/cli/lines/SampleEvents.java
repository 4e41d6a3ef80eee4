package io.weir.cli.lines;

import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.Gap;
import java.time.Instant;

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
}
