package io.weir.agent.inotify;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The kernel's limits on inotify, and how to say what is needed. */
final class Limits {
    private static final Path DIRECTORY = Path.of("/proc/sys/fs/inotify");

    private Limits() {}

    static long maxUserWatches() {
        return read("max_user_watches");
    }

    static long maxQueuedEvents() {
        return read("max_queued_events");
    }

    static long maxUserInstances() {
        return read("max_user_instances");
    }

    private static long read(String name) {
        try {
            // one read: the kernel gives such a file whole, or only its first part
            byte[] text = new byte[32];
            try (InputStream in = new FileInputStream(DIRECTORY.resolve(name).toFile())) {
                int length = Math.max(0, in.read(text));
                return Long.parseLong(new String(text, 0, length, StandardCharsets.US_ASCII).trim());
            }
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    static String watchesUsedUp(long limit, long directories, long unwatched) {
        long enough = Math.max(65_536, Long.highestOneBit(Math.max(1, directories) * 2) * 2);
        return "inotify watches are used up: " + unwatched + " of " + directories
                + " directories are not watched, what changes in them is not seen; fs.inotify.max_user_watches=" + limit
                + ", expected at least " + directories + " for these directories alone"
                + "; try: sysctl -w fs.inotify.max_user_watches=" + enough
                + " (to keep it: echo fs.inotify.max_user_watches=" + enough + " > /etc/sysctl.d/60-weir.conf)";
    }

    static String noInstance(String reason) {
        return "cannot open an inotify descriptor: " + reason + "; fs.inotify.max_user_instances=" + maxUserInstances()
                + "; try: sysctl -w fs.inotify.max_user_instances=1024, or a higher limit of open files (ulimit -n)";
    }
}
