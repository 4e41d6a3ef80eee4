package io.weir.agent.randomised;

import static io.weir.agent.randomised.Syscalls.path;

import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Operations at random below some directories; those that cannot be done, or are in another's way, do nothing. */
public final class RandomOperations {
    private static final int NAMES = 6;
    /** Of the operations below, those that a source can be asked about without its core. */
    private static final int PLAIN = 14;

    private static final int ALL = 27;

    private final Random random;
    private final List<String> tops;
    private final Unpromised unpromised;
    private final int kinds;

    private RandomOperations(Random random, List<Path> tops, Unpromised unpromised, int kinds) {
        this.random = random;
        this.tops = tops.stream().map(Path::toString).toList();
        this.unpromised = unpromised;
        this.kinds = kinds;
    }

    /** All that may be done to files, by names that are any bytes. */
    public static RandomOperations of(Random random, List<Path> tops, Unpromised unpromised) {
        return new RandomOperations(random, tops, unpromised, ALL);
    }

    /** What most programs do, by ordinary names. */
    public static RandomOperations plain(Random random, List<Path> tops) {
        return new RandomOperations(random, tops, new Unpromised(), PLAIN);
    }

    /** Does so many. */
    public void run(int count) {
        for (int i = 0; i < count; i++) {
            one();
        }
    }

    /** So many appends to two files in turns that no two events of the kernel can be merged: two each. */
    public void storm(int appends) {
        String[] files = {tops.get(0) + "/storm0", tops.get(0) + "/storm1"};
        for (int i = 0; i < appends; i++) {
            finish(open(files[i % 2], Syscalls.O_WRONLY | Syscalls.O_APPEND | Syscalls.O_CREAT), 1);
        }
    }

    private String any() {
        StringBuilder path = new StringBuilder(tops.get(random.nextInt(tops.size())));
        for (int depth = random.nextInt(4); depth >= 0; depth--) {
            path.append('/').append(depth == 0 && random.nextBoolean() ? name('f') : name('d'));
        }
        return path.toString();
    }

    private String name(char kind) {
        int i = random.nextInt(NAMES);
        if (kinds == PLAIN) {
            return "" + kind + i;
        }
        return switch (i) {
            case 4 -> kind + "\n4"; // tools that read lines stumble over it
            case 5 -> kind + "\udcff5"; // a byte that is not UTF-8
            default -> "" + kind + i;
        };
    }

    private void one() {
        String path = any();
        int kind = random.nextInt(kinds);
        switch (kind) {
            case 0 -> Syscalls.mkdir(path(path), 0755);
            case 1, 2 -> {
                makeDirectories(parent(path));
                write(path, random.nextInt(20));
            }
            case 3 -> append(path);
            case 4 -> Syscalls.chmod(path(path), random.nextBoolean() ? 0750 : 0777);
            case 5 -> delete(path);
            case 6 -> deleteTree(path);
            case 7 -> makeDirectories(path);
            case 8, 9, 10 -> rename(path, any());
            case 11 -> { // into a directory that was only just made
                String target = any();
                makeDirectories(target);
                rename(path, target + "/moved" + random.nextInt(NAMES));
            }
            case 12 -> replace(path, parent(path) + "/tmp");
            case 13 -> Syscalls.symlink(path("nowhere"), path(path));
            default -> unusual(kind, path);
        }
    }

    private void unusual(int kind, String path) {
        switch (kind) {
            case 14, 15 -> link(path, any());
            case 16 -> writeThroughOneOfTwoNames(path, any());
            case 17 -> Syscalls.symlink(path(random.nextBoolean() ? name('f') : "../" + name('d')), path(path));
            case 18 -> fifo(path);
            case 19 -> Syscalls.lchown(path(path), random.nextInt(3), random.nextInt(3));
            case 20 -> Syscalls.touch(path(path), 1_000_000_000 + random.nextInt(1000));
            case 21 -> truncate(path);
            case 22 -> asRsync(path);
            case 23 -> asAnEditor(path);
            case 24 -> writeWhileItsDirectoryMoves(path, any());
            case 25 -> writeBehindItsDeletion(path);
            default -> moveATreeAbout(path);
        }
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private String topOf(String path) {
        return tops.stream().filter(t -> path.startsWith(t + "/")).findFirst().orElse(path);
    }

    private void makeDirectories(String path) {
        String top = topOf(path);
        for (int slash = path.indexOf('/', top.length() + 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            Syscalls.mkdir(path(path.substring(0, slash)), 0755);
        }
        if (path.length() > top.length()) {
            Syscalls.mkdir(path(path), 0755);
        }
    }

    private static int open(String path, int flags) {
        return Syscalls.open(path(path), flags | Syscalls.O_NONBLOCK, 0644);
    }

    private static void write(String path, int length) {
        finish(open(path, Syscalls.O_WRONLY | Syscalls.O_CREAT | Syscalls.O_TRUNC), length);
    }

    private static void append(String path) {
        finish(open(path, Syscalls.O_WRONLY | Syscalls.O_APPEND), 1);
    }

    private static void finish(int descriptor, int length) {
        if (descriptor >= 0) {
            Syscalls.write(descriptor, new byte[length], length);
            Syscalls.close(descriptor);
        }
    }

    private static void rename(String from, String to) {
        Syscalls.rename(path(from), path(to));
    }

    private static void delete(String path) {
        if (Syscalls.unlink(path(path)) != 0) {
            Syscalls.rmdir(path(path));
        }
    }

    private static void deleteTree(String path) {
        try {
            if (FileStatus.lstat(path).isDirectory()) {
                RealTree.delete(path);
            }
        } catch (PosixException e) {
            // it is not there
        }
    }

    private void replace(String path, String temporary) {
        write(temporary, random.nextInt(30));
        rename(temporary, path);
    }

    /** Beforehand too: once there are two names, anybody may change it through either. */
    private void link(String path, String other) {
        unpromised.linked(path);
        if (Syscalls.link(path(path), path(other)) == 0) {
            unpromised.linked(other);
        }
    }

    private void writeThroughOneOfTwoNames(String path, String other) {
        write(path, 3);
        link(path, other);
        append(other);
        if (random.nextBoolean()) {
            Syscalls.unlink(path(path));
        } else {
            rename(other, path); // the same file: nothing happens
        }
    }

    private static void fifo(String path) {
        Syscalls.mkfifo(path(path), 0644);
        finish(open(path, Syscalls.O_RDWR), 1);
    }

    /** Of this very file: through a link it would be another's. */
    private void truncate(String path) {
        int descriptor = Syscalls.open(path(path), Syscalls.O_PATH | Syscalls.O_NOFOLLOW, 0);
        if (descriptor >= 0) {
            unpromised.changedUnopened(path);
            Syscalls.truncate(path("/proc/self/fd/" + descriptor), random.nextInt(5));
            unpromised.changedUnopened(path);
            Syscalls.close(descriptor);
        }
    }

    private void asRsync(String path) {
        String temporary = parent(path) + "/." + path.substring(path.lastIndexOf('/') + 1) + ".Xy" + random.nextInt(9);
        write(temporary, random.nextInt(30));
        Syscalls.chmod(path(temporary), 0640);
        Syscalls.touch(path(temporary), 1_100_000_000 + random.nextInt(1000));
        rename(temporary, path);
    }

    private void asAnEditor(String path) {
        String backup = path + "~";
        rename(path, backup);
        write(path, random.nextInt(30));
        Syscalls.chmod(path(path), 0600);
        Syscalls.unlink(path(backup));
    }

    private void writeWhileItsDirectoryMoves(String directory, String elsewhere) {
        makeDirectories(directory);
        int descriptor = open(directory + "/open", Syscalls.O_WRONLY | Syscalls.O_CREAT);
        rename(directory, elsewhere);
        finish(descriptor, 5);
    }

    private static void writeBehindItsDeletion(String path) {
        int descriptor = open(path, Syscalls.O_WRONLY | Syscalls.O_CREAT);
        Syscalls.unlink(path(path));
        finish(descriptor, 5);
    }

    private void moveATreeAbout(String path) {
        makeDirectories(path + "/d0/d1");
        for (int i = 0; i < 4; i++) {
            write(path + (random.nextBoolean() ? "/d0/" : "/d0/d1/") + name('f'), i);
            String next = any();
            rename(path, next);
            append(next + "/d0/f0");
            rename(next, path);
        }
    }
}
