package io.weir.agent.qumulo;

import io.weir.agent.source.MarksDirectory;
import io.weir.qumulo.client.AttributeChange;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.rest.Content;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The marks directory of a volume on the volume itself, so that marks come through its own stream. Files are made complete
 * beside it and renamed in. All calls wait while the cluster cannot be reached.
 */
final class ClusterMarks implements MarksDirectory {
    static final String DIRECTORY = WatchedPaths.OWN + "/marks";
    private static final String STAGING = WatchedPaths.OWN + "/staging";

    private static final int PRIVATE = 0700;

    private final QumuloClient client;
    private final Patience patience;
    private final String suffix;

    /** @param agent ends the names under which it makes files: others make some in the same directory */
    ClusterMarks(QumuloClient client, Patience patience, String agent) {
        this.client = client;
        this.patience = patience;
        this.suffix = ".agent-" + agent;
    }

    /**
     * Makes the directories if they are not there, once, and takes them away from others, who could forge marks.
     *
     * @throws QumuloException if that is not allowed: then no marks can be there
     */
    void make() throws QumuloException {
        directory("/", WatchedPaths.OWN.substring(1));
        directory(WatchedPaths.OWN, "marks");
        directory(WatchedPaths.OWN, "staging");
    }

    private void directory(String parent, String name) throws QumuloException {
        try {
            client.changes().createDirectory(FileRef.path(parent), name);
        } catch (QumuloException e) {
            if (e.reason() != Reason.EXISTS && !e.mayHaveBeenCarriedOut()) {
                throw e;
            }
        }
        FileAttributes there =
                client.files().attributes(FileRef.path(parent.equals("/") ? "/" + name : parent + "/" + name));
        if ((there.mode() & ~PRIVATE) != 0) {
            client.changes().setAttributes(there.ref(), new AttributeChange().mode(PRIVATE));
        }
    }

    private static FileRef mark(String name) {
        return FileRef.path(DIRECTORY + "/" + name);
    }

    @Override
    public List<String> names() {
        return patience
                .untilAnswered(
                        () -> client.files().list(FileRef.path(DIRECTORY)).rest())
                .stream()
                .map(FileAttributes::name)
                .filter(name -> !name.startsWith("."))
                .toList();
    }

    @Override
    public Optional<byte[]> read(String name) {
        return patience.untilAnswered(() -> bytes(name));
    }

    private Optional<byte[]> bytes(String name) throws QumuloException {
        try (InputStream data = client.files().data(mark(name))) {
            return Optional.of(data.readAllBytes());
        } catch (QumuloException e) {
            if (e.reason() == Reason.NOT_THERE) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new QumuloException("mark='" + name + "': " + e, Reason.UNAVAILABLE, e);
        }
    }

    /** The cluster gives a file id once. */
    @Override
    public Optional<String> identity(String name) {
        return patience.untilAnswered(() -> client.files().find(mark(name))).map(FileAttributes::id);
    }

    @Override
    public void put(String name, byte[] content) {
        patience.untilAnswered(() -> {
            putNow(name, content);
            return name;
        });
    }

    /** As {@link #put}, without waiting. */
    void putNow(String name, byte[] content) throws QumuloException {
        FileRef staging = FileRef.path(STAGING);
        String made = name + suffix;
        try {
            client.changes().createFile(staging, made);
        } catch (QumuloException e) {
            if (e.reason() != Reason.EXISTS && !e.mayHaveBeenCarriedOut()) {
                throw e;
            }
        }
        if (content.length > 0) {
            client.changes().write(FileRef.path(STAGING + "/" + made), Content.of(content));
        }
        client.changes().rename(STAGING + "/" + made, FileRef.path(DIRECTORY), name, true);
    }

    @Override
    public void delete(String name) {
        patience.untilAnswered(() -> {
            deleteNow(name);
            return name;
        });
    }

    /** As {@link #delete}, without waiting. */
    void deleteNow(String name) throws QumuloException {
        try {
            client.changes().delete(mark(name));
        } catch (QumuloException e) {
            if (e.reason() != Reason.NOT_THERE && !e.mayHaveBeenCarriedOut()) {
                throw e;
            }
        }
    }
}
