package io.weir.qumulo.emulator.api;

import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.http.StreamOutput;
import io.weir.qumulo.emulator.notify.NotifyFilter;
import io.weir.qumulo.emulator.notify.NotifyStream;
import io.weir.qumulo.emulator.notify.NotifyType;
import io.weir.qumulo.emulator.notify.Watcher;
import io.weir.qumulo.emulator.settings.Privileges;
import io.weir.qumulo.emulator.settings.RecursiveMode;
import io.weir.qumulo.emulator.tree.FileRef;
import io.weir.qumulo.emulator.tree.FsError;
import io.weir.qumulo.emulator.tree.Inode;
import java.io.IOException;
import java.util.Set;

/** Watching a directory. */
final class NotifyApi {
    private final Cluster cluster;

    NotifyApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/files/{ref}/notify", this::watch);
    }

    private Answer watch(Call call) {
        Inode directory = cluster.tree().state().get(FileRef.of(call.ref()));
        if (!directory.isDirectory()) {
            throw FsError.NOT_A_DIRECTORY.of(call.ref());
        }
        boolean recursive = isRecursive(call);
        Set<NotifyType> filter = filter(call);
        if (cluster.watchers().takeMissed(directory.id())) {
            throw FsError.MISSED_EVENTS.of("the watcher missed events");
        }
        var watcher = new Watcher(
                directory.id(), recursive, filter, cluster.switches().queueLimit(), call.token());
        return new Answer.Streamed(cluster.switches().contentType(), out -> run(watcher, out));
    }

    private boolean isRecursive(Call call) {
        if (!call.flag("recursive")) {
            return false;
        }
        RecursiveMode mode = cluster.switches().recursiveMode();
        if (mode == RecursiveMode.DISABLED_ERROR) {
            throw new ApiException(
                    400, "fs_recursive_notify_disabled_error", "recursive notifications are disabled on this cluster");
        }
        cluster.require(Privileges.FILE_READ_ACCESS);
        return mode == RecursiveMode.ENABLED;
    }

    private static Set<NotifyType> filter(Call call) {
        try {
            return NotifyFilter.parse(call.parameter("filter"));
        } catch (IllegalArgumentException e) {
            throw ApiException.undecodable(String.valueOf(e.getMessage()));
        }
    }

    private void run(Watcher watcher, StreamOutput out) throws IOException, InterruptedException {
        boolean there = cluster.tree().standingStill(() -> {
            boolean present =
                    cluster.tree().state().find(FileRef.id(watcher.directory())).isPresent();
            if (present) {
                cluster.watchers().add(watcher);
            }
            return present;
        });
        if (there) {
            new NotifyStream(watcher, cluster.watchers(), cluster.switches(), cluster.counters()).run(out);
        } else {
            out.finish();
        }
    }
}
