package io.weir.agent.inotify;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The kernel's limits on inotify, read anew at each call (-1 where it does not tell), and how to say what is needed. */
public final class Limits {
    private static final String HOST = "fs.inotify.max_user_watches";
    private static final String NAMESPACE = "user.max_inotify_watches";

    private Limits() {}

    /** The least of what holds for a user of the host and, in a container, for the user namespace. */
    public static long maxUserWatches() {
        return read(watchesLimit());
    }

    /** The setting that bounds watches here: {@code fs.inotify.max_user_watches}, or that of the user namespace. */
    public static String watchesLimit() {
        long namespace = read(NAMESPACE);
        return namespace >= 0 && namespace < read(HOST) ? NAMESPACE : HOST;
    }

    public static long maxQueuedEvents() {
        return read("fs.inotify.max_queued_events");
    }

    public static long maxUserInstances() {
        return read("fs.inotify.max_user_instances");
    }

    private static long read(String setting) {
        try {
            // one read: the kernel gives such a file whole, or only its first part
            byte[] text = new byte[32];
            try (InputStream in = new FileInputStream("/proc/sys/" + setting.replace('.', '/'))) {
                int length = Math.max(0, in.read(text));
                return Long.parseLong(new String(text, 0, length, StandardCharsets.US_ASCII).trim());
            }
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    static String watchesUsedUp(long directories, long unwatched, Duration interval) {
        return "inotify watches are used up: " + unwatched + " of " + directories
                + " directories are not watched; instead they are compared with what was known every "
                + text(interval) + " (less often if that takes long), so that what changes in them is told late, as"
                + " reconstructed; " + watchesLimit() + "=" + maxUserWatches() + ", expected at least " + directories
                + " for these directories alone; try: "
                + raise(watchesLimit(), enoughWatches(Math.max(directories, maxUserWatches())));
    }

    private static String text(Duration interval) {
        return interval.toMillis() % 1000 == 0 ? interval.toSeconds() + " s" : interval.toMillis() + " ms";
    }

    /** A limit with room to grow: two to four times what these directories need, from 65,536. */
    public static long enoughWatches(long directories) {
        return Math.max(65_536, Long.highestOneBit(Math.max(1, directories) * 2) * 2);
    }

    /** The commands that raise one of the limits, now and for good. */
    public static String raise(String setting, long value) {
        String line = setting + "=" + value;
        String file = setting.substring(setting.lastIndexOf('.') + 1);
        return "sysctl -w " + line + " (to keep it: echo " + line + " > /etc/sysctl.d/60-weir-" + file + ".conf)";
    }

    static String noInstance(String reason) {
        return "cannot open an inotify descriptor: " + reason + "; fs.inotify.max_user_instances=" + maxUserInstances()
                + "; try: sysctl -w fs.inotify.max_user_instances=1024, or a higher limit of open files (ulimit -n)";
    }
}
