package io.weir.agent.inotify;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The kernel's limits on inotify, read anew at each call (-1 where it does not tell), and how to say what is needed. */
public final class Limits {
    private static final Path DIRECTORY = Path.of("/proc/sys/fs/inotify");

    private Limits() {}

    public static long maxUserWatches() {
        return read("max_user_watches");
    }

    public static long maxQueuedEvents() {
        return read("max_queued_events");
    }

    public static long maxUserInstances() {
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
        return "inotify watches are used up: " + unwatched + " of " + directories
                + " directories are not watched, what changes in them is not seen; fs.inotify.max_user_watches=" + limit
                + ", expected at least " + directories + " for these directories alone"
                + "; try: " + raise("max_user_watches", enoughWatches(directories));
    }

    /** A limit with room to grow: two to four times what these directories need, from 65,536. */
    public static long enoughWatches(long directories) {
        return Math.max(65_536, Long.highestOneBit(Math.max(1, directories) * 2) * 2);
    }

    /** The commands that raise one of the limits, now and for good. */
    public static String raise(String limit, long value) {
        String setting = "fs.inotify." + limit + "=" + value;
        return "sysctl -w " + setting + " (to keep it: echo " + setting + " > /etc/sysctl.d/60-weir-" + limit
                + ".conf)";
    }

    static String noInstance(String reason) {
        return "cannot open an inotify descriptor: " + reason + "; fs.inotify.max_user_instances=" + maxUserInstances()
                + "; try: sysctl -w fs.inotify.max_user_instances=1024, or a higher limit of open files (ulimit -n)";
    }
}
