package io.weir.cli.doctor;

import io.weir.agent.inotify.Limits;
import io.weir.posix.Mount;
import io.weir.posix.Mount.Sight;
import io.weir.posix.Mounts;
import io.weir.posix.PathText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks at directories and at this host as an agent would find them.
 *
 * @param limits the kernel's limits on inotify
 * @param usage what this user's processes hold of them
 * @param mounts of this host
 * @param user whom the agent would run as
 */
record Examination(Kernel limits, InotifyUsage usage, Mounts mounts, String user) {
    private static final long MANY_CHANGES = 65_536;

    /**
     * The kernel's limits; -1 where it does not tell.
     *
     * @param watchesLimit the setting that bounds the watches
     */
    record Kernel(String watchesLimit, long watches, long instances, long queuedEvents) {}

    /** Of this host, for this process's user. */
    static Examination ofThisHost() throws IOException {
        Path proc = Path.of("/proc");
        return new Examination(
                new Kernel(
                        Limits.watchesLimit(),
                        Limits.maxUserWatches(),
                        Limits.maxUserInstances(),
                        Limits.maxQueuedEvents()),
                InotifyUsage.ofThisUser(proc),
                Mounts.ofThisProcess(),
                System.getProperty("user.name"));
    }

    /** The findings about directories to be watched, if any, and about the host. */
    List<Finding> of(List<Path> directories, boolean recursive) {
        List<Finding> findings = new ArrayList<>();
        long needed = 0;
        for (Path directory : directories) {
            DirectoryCount count = DirectoryCount.of(directory.toString(), recursive);
            needed += count.directories();
            findings.add(readable(directory, count));
            findings.addAll(mountsAt(directory, recursive));
        }
        findings.add(watches(needed));
        findings.add(instances());
        findings.add(queue());
        return findings;
    }

    Finding readable(Path directory, DirectoryCount count) {
        String subject = "directories";
        if (count.unreadable() > 0) {
            return Finding.blind(
                    subject,
                    format(
                            "%,d of %,d below '%s' cannot be read by user '%s', such as '%s': what happens in them is not"
                                    + " seen",
                            count.unreadable(), count.directories(), directory, user, count.firstUnreadable()),
                    "run the agent as a user that may read them, or: setfacl -R -m u:" + user + ":rX '" + directory
                            + "'");
        }
        return Finding.ok(subject, format("%,d at and below '%s', all readable", count.directories(), directory));
    }

    private List<Finding> mountsAt(Path directory, boolean recursive) {
        List<Finding> findings = new ArrayList<>();
        findings.add(mount(directory.toString(), mounts.of(directory.toString())));
        if (recursive) {
            mounts.below(directory.toString()).stream()
                    .filter(mount -> mount.sight() != Sight.ALL)
                    .forEach(mount -> findings.add(mount(mount.point(), mount)));
        }
        return findings;
    }

    private static Finding mount(String directory, Mount mount) {
        String subject = "mounts";
        String shown = PathText.display(directory);
        String message = "'" + shown + "' is of type " + mount.type() + ": "
                + mount.sight().text();
        return switch (mount.sight()) {
            case ALL -> Finding.ok(subject, message);
            case NOT_LAYERS ->
                Finding.note(subject, message, "change files through the mount only, or: --poll '" + shown + "'");
            case NOT_OTHERS ->
                Finding.blind(
                        subject, message, "run an agent on the host that has the files, or: --poll '" + shown + "'");
            case NOTHING -> Finding.blind(subject, message, "do not watch it, or: --exclude '" + shown + "'");
        };
    }

    private Finding watches(long needed) {
        String subject = "inotify watches";
        long free = limits.watches() - usage.watches();
        String figures = format(
                "%,d needed; %s=%d, of which other programs of user '%s' hold %,d",
                needed, limits.watchesLimit(), limits.watches(), user, usage.watches());
        if (limits.watches() >= 0 && free < needed) {
            return Finding.blind(
                    subject,
                    figures
                            + format(
                                    ": %,d directories would not be watched, but compared every few seconds: what happens"
                                            + " in them is told late, and what comes and goes between is not seen",
                                    needed - free),
                    Limits.raise(limits.watchesLimit(), Limits.enoughWatches(needed + usage.watches())));
        }
        return Finding.ok(subject, figures);
    }

    private Finding instances() {
        String subject = "inotify instances";
        String figures = format(
                "fs.inotify.max_user_instances=%d, of which user '%s' holds %,d",
                limits.instances(), user, usage.instances());
        if (limits.instances() >= 0 && usage.instances() >= limits.instances()) {
            return Finding.blind(
                    subject,
                    figures + ": no further agent can start",
                    Limits.raise("fs.inotify.max_user_instances", Math.max(1024, limits.instances() * 2)));
        }
        return Finding.ok(subject, figures);
    }

    private Finding queue() {
        String subject = "inotify queue";
        String figures = "fs.inotify.max_queued_events=" + limits.queuedEvents();
        if (limits.queuedEvents() >= 0 && limits.queuedEvents() < MANY_CHANGES) {
            return Finding.note(
                    subject,
                    figures
                            + ": a burst of more changes than that, while the agent gets no processor, overflows; the agent"
                            + " then reports a gap and compares the tree",
                    Limits.raise("fs.inotify.max_queued_events", MANY_CHANGES));
        }
        return Finding.ok(subject, figures);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
