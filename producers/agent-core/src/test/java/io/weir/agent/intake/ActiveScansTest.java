package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActiveScansTest {
    private final ActiveScans active = new ActiveScans();

    private static Place at(String path) {
        return new Place("vol", path);
    }

    private Scan begin(String path, ScanReason reason, Scan.Mode mode) {
        Scan scan = new Scan(at(path), reason, mode, Optional.empty(), Map.of(), new EntrySet());
        active.add(scan);
        return scan;
    }

    @Test
    void theInnermostScanOfThoseAskedForCoversAPlace() {
        Scan root = begin("/", ScanReason.REPAIR, Scan.Mode.COMPARE);
        Scan outer = begin("/a", ScanReason.CREATED_DIRECTORY, Scan.Mode.CREATED);
        Scan inner = begin("/a/b", ScanReason.CREATED_DIRECTORY, Scan.Mode.CREATED);
        assertThat(active.innermost(at("/a/b/c"), s -> true)).isSameAs(inner);
        assertThat(active.innermost(at("/a/b"), s -> true)).isSameAs(inner);
        assertThat(active.innermost(at("/a/bc"), s -> true)).isSameAs(outer);
        assertThat(active.innermost(at("/ab"), s -> true)).isSameAs(root);
        assertThat(active.innermost(at("/a/b/c"), s -> s.reason() == ScanReason.REPAIR))
                .isSameAs(root);
        assertThat(active.innermost(new Place("other", "/a"), s -> true)).isNull();
    }

    @Test
    void twoScansOfOnePlaceEndOneAfterTheOther() {
        Scan first = begin("/a", ScanReason.CREATED_DIRECTORY, Scan.Mode.CREATED);
        Scan second = begin("/a", ScanReason.CREATED_DIRECTORY, Scan.Mode.CREATED);
        assertThat(active.anyRevealing()).isTrue();
        assertThat(active.find(at("/a"), ScanReason.CREATED_DIRECTORY).orElseThrow())
                .isSameAs(first);
        active.remove(first);
        assertThat(active.find(at("/a"), ScanReason.CREATED_DIRECTORY).orElseThrow())
                .isSameAs(second);
        active.remove(second);
        active.remove(second);
        assertThat(active.isEmpty()).isTrue();
        assertThat(active.anyRevealing()).isFalse();
    }

    @Test
    void onlyScansThatCompareKeepWhatWasSeen() {
        Scan comparing = begin("/", ScanReason.REPAIR, Scan.Mode.COMPARE);
        Scan recording = begin("/r", ScanReason.START, Scan.Mode.RECORD);
        active.saw(7);
        assertThat(comparing.seen().contains(7)).isTrue();
        assertThat(recording.seen().contains(7)).isFalse();
    }

    @Test
    void aScanWhoseDirectoryMovedAwayAndBackEndsWholly() {
        Scan scan = begin("/a", ScanReason.CREATED_DIRECTORY, Scan.Mode.CREATED);
        active.moved(at("/a"), at("/b"));
        assertThat(active.innermost(at("/b/c"), s -> true)).isSameAs(scan);
        active.moved(at("/b"), at("/a"));
        active.remove(scan);
        assertThat(active.isEmpty()).isTrue();
    }
}
