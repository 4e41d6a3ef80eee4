package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.posix.Inotify;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private final EventQueue queue = new EventQueue(1 << 20);

    /** One chunk of events without names. */
    private void put(int... masks) {
        ByteBuffer bytes =
                ByteBuffer.allocate(masks.length * Inotify.HEADER_BYTES).order(ByteOrder.nativeOrder());
        for (int mask : masks) {
            bytes.putInt(1).putInt(mask).putInt(0).putInt(0);
        }
        queue.put(bytes.array(), 1);
    }

    @Test
    void theNextMoveOfADirectoryIsFoundAsTheQueueGrowsAndIsHandled() throws Exception {
        int move = Inotify.IN_MOVED_FROM | Inotify.IN_ISDIR;
        put(Inotify.IN_CREATE, Inotify.IN_CREATE | Inotify.IN_ISDIR);
        assertThat(queue.nextDirectoryMove()).isEqualTo(2);
        put(Inotify.IN_MOVED_FROM, move);
        assertThat(queue.nextDirectoryMove()).isEqualTo(2);
        put(move);
        for (int i = 0; i < 3; i++) {
            queue.next();
            assertThat(queue.nextDirectoryMove()).isEqualTo(2);
        }
        queue.next();
        assertThat(queue.nextDirectoryMove()).isEqualTo(3);
        queue.next();
        assertThat(queue.nextDirectoryMove()).isEqualTo(4);
        assertThat(queue.next()).isNull();
        put(Inotify.IN_DELETE | Inotify.IN_ISDIR);
        assertThat(queue.nextDirectoryMove()).isEqualTo(4);
    }
}
