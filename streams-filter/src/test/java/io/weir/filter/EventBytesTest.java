package io.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.Actor;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventBytesTest {
    private final EventBytes view = new EventBytes();

    @Test
    void givesWhatAvroGivesOnGeneratedEvents() {
        Random random = Seed.random("EventBytesTest");
        for (int i = 0; i < 5_000; i++) {
            FileEvent event = Events.generated(random);
            view.read(Events.encode(event));
            assertSame(event);
        }
    }

    private static @Nullable String actor(@Nullable Actor actor) {
        if (actor == null || actor.getName() != null) {
            return actor == null ? null : actor.getName();
        }
        Long uid = actor.getUid();
        return uid == null ? null : uid.toString();
    }

    private void assertSame(FileEvent event) {
        assertThat(view.type()).isEqualTo(event.getType());
        assertThat(view.volume()).isEqualTo(event.getVolume());
        assertThat(view.path()).isEqualTo(event.getPath());
        assertThat(view.previousPath()).isEqualTo(event.getPreviousPath());
        assertThat(view.isSourceHalf()).isEqualTo("source".equals(event.getHalf()));
        assertThat(view.isTick()).isEqualTo(event.getType().equals("tick"));
        assertThat(view.agent()).isEqualTo(event.getAgent());
        assertThat(view.id()).isEqualTo(event.getAgent() + ":" + event.getEpoch() + ":" + event.getSequence());
        assertThat(view.observedAtMicros())
                .isEqualTo(ChronoUnit.MICROS.between(java.time.Instant.EPOCH, event.getObservedAt()));
        assertThat(view.origin()).isEqualTo(event.getOrigin());
        assertThat(view.host()).isEqualTo(event.getHost());
        assertThat(view.actor()).isEqualTo(actor(event.getActor()));
        assertSame(event.getState());
        assertThat(view.record()).isEqualTo(event);
    }

    private void assertSame(FileState state) {
        assertThat(view.kind()).isEqualTo(state == null ? null : state.getKind());
        assertThat(view.size()).isEqualTo(state == null ? -1 : state.getSize());
        assertThat(view.mode()).isEqualTo(state == null ? -1 : state.getMode());
        assertThat(view.owner()).isEqualTo(state == null ? null : state.getOwner());
        assertThat(view.group()).isEqualTo(state == null ? null : state.getGroup());
        assertThat(view.mtimeNanos()).isEqualTo(state == null ? -1 : state.getMtime());
        assertThat(view.fileId()).isEqualTo(state == null ? null : state.getFileId());
    }

    @Test
    void aTickIsTold() {
        view.read(Events.encode(Events.event("tick", "/", 1)));
        assertThat(view.isTick()).isTrue();
        assertThat(view.isReset()).isFalse();
        view.read(Events.encode(Events.event("reset", "/", 1)));
        assertThat(view.isReset()).isTrue();
    }

    @Test
    void everyTruncationAndEveryExcessIsUndecodable() {
        byte[] whole = Events.encode(Events.generated(Seed.random("EventBytesTest")));
        for (int length = 5; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> view.read(cut)).isInstanceOf(UndecodableException.class);
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> view.read(longer))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("expected the end of the record, found 1 bytes more");
    }

    @Test
    void damageIsToldOrReadAsAvroReadsIt() {
        Random random = Seed.random("EventBytesTest");
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = Events.encode(Events.generated(random));
            bytes[5 + random.nextInt(bytes.length - 5)] ^= (byte) (1 << random.nextInt(8));
            try {
                view.read(bytes);
            } catch (UndecodableException e) {
                continue;
            }
            view.path();
            view.fileId();
            view.record();
        }
    }
}
