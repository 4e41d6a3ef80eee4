package io.weir.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the processes of this user hold of inotify, which is what the kernel counts against the user's limits. Processes that
 * end while they are looked at, and those that this user may not look into, are passed over; the latter are other users'.
 *
 * @param instances inotify descriptors
 * @param watches watches of all of them, but for Weir's own
 * @param ownWatches watches that running Weir processes hold
 */
record InotifyUsage(long instances, long watches, long ownWatches) {
    /** Of the user that runs this process. */
    static InotifyUsage ofThisUser(Path proc) throws IOException {
        String user = uid(proc.resolve("self"));
        long instances = 0;
        long watches = 0;
        long own = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                List<Long> held = held(process, user);
                long sum = held.stream().mapToLong(Long::longValue).sum();
                instances += held.size();
                if (sum > 0 && isWeir(process)) {
                    own += sum;
                } else {
                    watches += sum;
                }
            }
        }
        return new InotifyUsage(instances, watches, own);
    }

    /** The number of watches of each inotify descriptor. */
    private static List<Long> held(Path process, String user) {
        try {
            if (!uid(process).equals(user)) {
                return List.of();
            }
            List<Long> held = new ArrayList<>();
            try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
                for (Path descriptor : descriptors) {
                    if (isInotify(descriptor)) {
                        held.add(watches(process.resolve("fdinfo").resolve(descriptor.getFileName())));
                    }
                }
            }
            return held;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isInotify(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("inotify");
        } catch (IOException e) {
            return false;
        }
    }

    private static long watches(Path info) throws IOException {
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("inotify "))
                .count();
    }

    /** The effective user id, by which the kernel counts. */
    private static String uid(Path process) throws IOException {
        for (String line : Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("Uid:")) {
                return line.strip().split("\\s+", 4)[2];
            }
        }
        throw new IOException("no Uid in " + process.resolve("status"));
    }

    private static boolean isWeir(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .contains("\0io.weir.cli.Main\0");
        } catch (IOException e) {
            return false;
        }
    }
}
