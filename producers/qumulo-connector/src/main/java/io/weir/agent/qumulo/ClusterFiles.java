package io.weir.agent.qumulo;

import io.weir.agent.source.AccountNames;
import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Located;
import io.weir.agent.source.Observation.Side;
import io.weir.agent.source.Place;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileKind;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.FileTimes;
import io.weir.qumulo.client.FileView;
import io.weir.qumulo.client.Principal;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads files of the cluster, in the agent's words. Safe for all threads. */
final class ClusterFiles implements AccountNames, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterFiles.class);
    /** Calls at a time. */
    private static final int AT_ONCE = 16;
    /** How long the state of a file is waited for; a node that is lost is replaced in less. What has happened waits with it. */
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String volume;
    private final FileView files;
    /** What a comparison is about, while it lasts. */
    private volatile FileView view;

    private volatile @Nullable FileView compared;

    private final Patience patience;
    /** Whether the cluster has answered of one of the files that were asked for last. */
    private boolean answers = true;

    private final Map<Long, String> users = new ConcurrentHashMap<>();
    private final Map<Long, String> groups = new ConcurrentHashMap<>();
    private final ExecutorService readers = Executors.newFixedThreadPool(AT_ONCE, work -> {
        Thread thread = new Thread(work, "weir-qumulo-read");
        thread.setDaemon(true);
        return thread;
    });

    ClusterFiles(String volume, FileView files, Patience patience) {
        this.volume = volume;
        this.files = files;
        this.view = files;
        this.patience = patience;
    }

    /** From here on, files are as a snapshot has them, with which another was compared. */
    void look(FileView at) {
        view = at;
        compared = at;
    }

    /** Whether a file was there in the last snapshot that was compared; true if that is not there any more. */
    boolean wasCompared(String fileId) {
        FileView at = compared;
        return at == null
                || patience.untilAnswered(() -> at.find(FileRef.id(fileId))).isPresent();
    }

    /** From here on, files are as they are. */
    void lookAtPresent() {
        view = files;
    }

    /** What is at a path; waits while the cluster cannot be reached. */
    Optional<FileStat> stat(String path) {
        return patience.untilAnswered(() -> view.find(FileRef.path(path))).map(this::stat);
    }

    /** A file by its id; waits while the cluster cannot be reached. */
    Optional<Located> find(String fileId) {
        return patience.untilAnswered(() -> view.find(FileRef.id(fileId)))
                .map(file -> new Located(new Place(volume, file.path()), stat(file)));
    }

    /** As {@link #read}, but waits a while for a cluster that cannot be reached. For one thread. */
    Map<String, FileAttributes> readPatiently(Collection<String> fileIds) throws InterruptedException {
        long wait = answers ? WAIT_NANOS : 0;
        answers = fileIds.isEmpty();
        return read(fileIds, System.nanoTime() + wait);
    }

    /** Those of the files that are there, several at a time, by their ids. What cannot be read is left out. */
    Map<String, FileAttributes> read(Collection<String> fileIds) throws InterruptedException {
        return read(fileIds, System.nanoTime());
    }

    private Map<String, FileAttributes> read(Collection<String> fileIds, long until) throws InterruptedException {
        List<Callable<Optional<FileAttributes>>> calls = new ArrayList<>();
        for (String fileId : fileIds) {
            calls.add(() -> patience.answeredInTime(() -> files.find(FileRef.id(fileId)), until));
        }
        Map<String, FileAttributes> read = new HashMap<>();
        for (Future<Optional<FileAttributes>> call : readers.invokeAll(calls)) {
            try {
                call.get().ifPresent(file -> read.put(file.id(), file));
                answers = true;
            } catch (ExecutionException e) {
                LOG.atDebug().setCause(e).log("A file cannot be read; its event is told without a state");
            }
        }
        return read;
    }

    /** In parallel, as they are; the first failure is thrown. */
    <T> List<T> all(List<Callable<T>> calls) throws QumuloException, InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> call : readers.invokeAll(calls)) {
            try {
                results.add(call.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof QumuloException known) {
                    throw known;
                }
                throw new QumuloException(String.valueOf(e.getCause()), Reason.OTHER, e);
            }
        }
        return results;
    }

    Side side(FileAttributes file, String path, String directoryId) {
        return new Side(
                new Place(volume, path), new FileIdentity(file.id(), directoryId, file.isDirectory()), stat(file));
    }

    /** Its state as agents have it; learns the names of owner and group. */
    FileStat stat(FileAttributes file) {
        FileTimes times = file.times();
        return new FileStat(
                file.id(),
                kind(file.kind()),
                file.size(),
                file.mode(),
                account(file.owner(), users),
                account(file.group(), groups),
                file.linkCount(),
                FileTimes.nanos(times.modified()),
                FileTimes.nanos(times.changed()),
                FileTimes.nanos(times.created()));
    }

    private static String kind(FileKind kind) {
        return switch (kind) {
            case DIRECTORY -> "directory";
            case SYMLINK -> "link";
            case UNIX_PIPE -> "fifo";
            case UNIX_SOCKET -> "socket";
            case UNIX_BLOCK_DEVICE -> "block-device";
            case UNIX_CHARACTER_DEVICE -> "character-device";
            case FILE, UNKNOWN -> "file";
        };
    }

    /** The NFS number, or, of accounts that have none, the cluster's own number below zero, which is told as a name alone. */
    private static long account(Principal principal, Map<Long, String> names) {
        long number = principal.number().orElseGet(() -> ownNumber(principal.authId()));
        String name = principal.value().isEmpty() ? principal.authId() : principal.value();
        names.putIfAbsent(number, name);
        return number;
    }

    private static long ownNumber(String authId) {
        try {
            return -1 - Long.parseLong(authId);
        } catch (NumberFormatException e) {
            return Long.MIN_VALUE;
        }
    }

    @Override
    public String user(long uid) {
        return users.getOrDefault(uid, Long.toString(uid));
    }

    @Override
    public String group(long gid) {
        return groups.getOrDefault(gid, Long.toString(gid));
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
