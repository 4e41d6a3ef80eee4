package io.weir.cli.doctor;

import io.weir.agent.inotify.Limits;
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
record Examination(Kernel limits, InotifyUsage usage, List<Mount> mounts, String user) {
    private static final long MANY_CHANGES = 65_536;

    /** fs.inotify.max_user_watches, .max_user_instances, .max_queued_events; -1 where the kernel does not tell. */
    record Kernel(long watches, long instances, long queuedEvents) {}

    /** Of this host, for this process's user. */
    static Examination ofThisHost() throws IOException {
        Path proc = Path.of("/proc");
        return new Examination(
                new Kernel(Limits.maxUserWatches(), Limits.maxUserInstances(), Limits.maxQueuedEvents()),
                InotifyUsage.ofThisUser(proc),
                Mount.read(proc.resolve("self/mountinfo")),
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
        findings.add(mount(directory, Mount.of(directory, mounts)));
        if (recursive) {
            mounts.stream()
                    .filter(mount -> mount.point().startsWith(directory)
                            && !mount.point().equals(directory)
                            && mount.mayChangeUnseen())
                    .forEach(mount -> findings.add(mount(mount.point(), mount)));
        }
        return findings;
    }

    private static Finding mount(Path directory, Mount mount) {
        String subject = "mounts";
        if (mount.mayChangeUnseen()) {
            return Finding.blind(
                    subject,
                    "'" + directory + "' is of type " + mount.type()
                            + ": inotify shows what is done on this host; what other hosts or the file server do is not seen",
                    "run an agent on the host that serves it");
        }
        if (mount.isMadeUp()) {
            return Finding.blind(
                    subject,
                    "'" + directory + "' is of type " + mount.type()
                            + ": the kernel makes it up and tells of no change",
                    "do not watch it");
        }
        if (mount.type().equals("overlay")) {
            return Finding.note(
                    subject,
                    "'" + directory
                            + "' is of type overlay: what is done to the layers below it, rather than through it, is"
                            + " not seen",
                    "change files through the mount only");
        }
        return Finding.ok(subject, "'" + directory + "' is of type " + mount.type() + ": all changes are seen");
    }

    private Finding watches(long needed) {
        String subject = "inotify watches";
        long free = limits.watches() - usage.watches();
        String figures = format(
                "%,d needed; fs.inotify.max_user_watches=%d, of which other programs of user '%s' hold %,d",
                needed, limits.watches(), user, usage.watches());
        if (limits.watches() >= 0 && free < needed) {
            return Finding.blind(
                    subject,
                    figures + format(": %,d directories would not be watched", needed - free),
                    Limits.raise("max_user_watches", Limits.enoughWatches(needed + usage.watches())));
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
                    Limits.raise("max_user_instances", Math.max(1024, limits.instances() * 2)));
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
                    Limits.raise("max_queued_events", MANY_CHANGES));
        }
        return Finding.ok(subject, figures);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
