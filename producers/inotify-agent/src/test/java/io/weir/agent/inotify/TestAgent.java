package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.AgentConfig;
import io.weir.agent.AgentCore;
import io.weir.agent.EventOutlet;
import io.weir.agent.SpooledEvent;
import io.weir.posix.PathText;
import io.weir.schemas.FileEvent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The whole agent over real files, wired as {@link InotifyAgent} is; keeps what it publishes as lines. */
final class TestAgent implements AutoCloseable {
    private final Path data;
    private final List<String> lines = new ArrayList<>();
    private InotifySettings settings;
    private Kernel.Opener kernel = Kernel::open;
    private @Nullable AgentCore core;

    /** Watches a directory with all below as the volume v. */
    TestAgent(Path in, Path data) {
        this.data = data;
        settings = InotifySettings.of(List.of(WatchRoot.ofVolume("v", in, true)))
                .withMarks(Map.of("v", data.resolve("marks/v")))
                .withExcluded(Set.of(data));
    }

    TestAgent polling(Polling value) {
        settings = settings.withPolling(value);
        return this;
    }

    TestAgent kernel(Kernel.Opener value) {
        kernel = value;
        return this;
    }

    /** Starts, or starts again with what the run before has left. */
    TestAgent start() {
        AgentCore started = AgentCore.open(
                AgentConfig.of("a", "h", data).withCoalesce(Duration.ofMillis(10)),
                new InotifySource(settings, kernel, HandOver.thread()),
                new Outlet());
        core = started;
        started.start();
        return this;
    }

    /** Origin, type and path of what was published, in the reversible text form; of a gap whether it opens or closes. */
    List<String> told() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** The same, without origin, of what is about a path or below it. */
    List<String> told(String path) {
        return told().stream()
                .map(l -> l.substring(l.indexOf(' ') + 1))
                .filter(l -> l.endsWith(" " + path) || l.contains(" " + path + "/"))
                .toList();
    }

    void forget() {
        synchronized (lines) {
            lines.clear();
        }
    }

    void await(String... expected) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(told()).contains(expected));
    }

    @Override
    public void close() {
        if (core != null) {
            core.close();
            core = null;
        }
    }

    private final class Outlet implements EventOutlet {
        @Override
        public void deliver(List<SpooledEvent> batch, Acknowledgement acknowledgement) {
            for (SpooledEvent event : batch) {
                synchronized (lines) {
                    lines.add(line(event.event()));
                }
                acknowledgement.safe(event.sequence());
            }
        }

        @Override
        public void close() {}
    }

    private static String line(FileEvent event) {
        String gap = event.getGap() == null ? "" : event.getGap().getUntil() == null ? " opens" : " closes";
        return event.getOrigin() + " " + event.getType() + " " + path(event) + gap;
    }

    private static String path(FileEvent event) {
        ByteBuffer raw = event.getRawPath();
        if (raw == null) {
            return event.getPath();
        }
        byte[] bytes = new byte[raw.remaining()];
        raw.duplicate().get(bytes);
        return PathText.decode(bytes);
    }
}
