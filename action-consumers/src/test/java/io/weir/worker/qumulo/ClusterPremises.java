package io.weir.worker.qumulo;

import io.weir.qumulo.emulator.tree.Inode;
import io.weir.schemas.FileState;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.run.ActionRunner;
import io.weir.worker.run.Premises;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A directory of an emulated cluster. */
public final class ClusterPremises implements Premises, AutoCloseable {
    private static final String MARKS = "/.weir/marks/";

    private final TestCluster cluster;

    public ClusterPremises(Path directory, String root) throws IOException {
        cluster = new TestCluster(directory, root);
    }

    public TestCluster cluster() {
        return cluster;
    }

    /** What is left in the staging directory. */
    public List<String> staged() {
        return cluster.staged();
    }

    @Override
    public void serve(ActionRunner runner) throws IOException {
        runner.serve(cluster.files(), cluster.marks());
    }

    @Override
    public void write(String path, String content) {
        cluster.emulator.tree().createDirectories(cluster.at(path.substring(0, path.lastIndexOf('/')) + "/"));
        cluster.user().write(path, content);
    }

    @Override
    public FileState state(String path) throws IOException {
        Inode inode = cluster.emulator.tree().state().find(cluster.at(path)).orElseThrow();
        Entry entry = cluster.files().find(path).orElseThrow();
        return FileState.newBuilder()
                .setFileId(entry.fileId())
                .setKind(entry.kind())
                .setSize(inode.size())
                .setMode(entry.mode())
                .setOwner("admin")
                .setGroup("Users")
                .setUid(entry.uid())
                .setGid(entry.gid())
                .setMtime(entry.mtimeNanos())
                .setCtime(entry.mtimeNanos())
                .build();
    }

    @Override
    public boolean has(String path) {
        return cluster.user().has(path);
    }

    @Override
    public String content(String path) {
        return cluster.user().content(path);
    }

    @Override
    public List<String> names(String directory) {
        return cluster.user().names(directory);
    }

    @Override
    public List<String> marks() {
        return cluster.user().names("/.weir/marks");
    }

    @Override
    public byte[] mark(String name) {
        var data = cluster.emulator
                .tree()
                .state()
                .find(cluster.at(MARKS + name))
                .orElseThrow()
                .file()
                .data();
        return data.read(0, data.size());
    }

    @Override
    public void putMark(String name, byte[] bytes) {
        cluster.emulator.tree().createFile(cluster.at(MARKS + name));
        cluster.emulator.tree().write(cluster.at(MARKS + name), bytes);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
