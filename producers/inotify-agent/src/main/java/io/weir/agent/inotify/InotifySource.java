package io.weir.agent.inotify;

import io.weir.agent.source.EventSource;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import io.weir.agent.source.Subtree;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Watches local directories through one inotify descriptor; see the package's page for how.
 *
 * <p>Three threads: {@code weir-inotify-reader} only empties the kernel's queue, {@code weir-inotify} does all else, and
 * {@code weir-inotify-sink} calls the sink. Public methods may be called by any thread.
 */
public final class InotifySource implements EventSource {
    private final Roots roots;
    private final List<String> excludes;
    private final Processor processor;

    /**
     * Checks the settings; watches nothing yet.
     *
     * @throws IllegalArgumentException if one root lies in another's view or in an excluded directory
     */
    public InotifySource(InotifySettings settings) {
        this(settings, Kernel::open, HandOver.thread());
    }

    InotifySource(InotifySettings settings, Kernel.Opener kernel, Executor sinkExecutor) {
        this(Roots.of(settings), settings, kernel, sinkExecutor);
    }

    InotifySource(Roots roots, InotifySettings settings, Kernel.Opener kernel, Executor sinkExecutor) {
        this.roots = roots;
        this.excludes = settings.excludes();
        processor = new Processor(roots, settings, kernel, sinkExecutor);
    }

    @Override
    public List<String> volumes() {
        return roots.volumes();
    }

    @Override
    public List<Subtree> subtrees() {
        return roots.all().stream()
                .map(root -> new Subtree(new Place(root.volume(), root.pathInVolume()), root.recursive()))
                .toList();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no inotify descriptor can be had, or the source was closed meanwhile
     */
    @Override
    public void start(ObservationSink sink) {
        processor.start(sink);
    }

    @Override
    public Optional<FileStat> stat(Place place) {
        return roots.hostPath(place).flatMap(InotifySource::read);
    }

    private static Optional<FileStat> read(String path) {
        try {
            return Optional.of(Stats.of(FileStatus.lstat(path)));
        } catch (PosixException e) {
            return Optional.empty();
        }
    }

    @Override
    public Map<String, Long> figures() {
        return processor.figures();
    }

    @Override
    public List<String> excludes() {
        return excludes;
    }

    @Override
    public Optional<String> failure() {
        return processor.failure();
    }

    @Override
    public void close() {
        processor.close();
    }
}
