package io.weir.cli.doctor;

import io.weir.posix.Directory;
import io.weir.posix.Errno;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many directories there are to be watched, and which of them cannot be.
 *
 * @param directories all that were found, those that cannot be read among them
 * @param unreadable those that this user may not list
 * @param firstUnreadable one of them; empty if there is none
 */
record DirectoryCount(long directories, long unreadable, String firstUnreadable) {
    /** Counts a directory and, if asked, all below it. What vanishes meanwhile is passed over. */
    static DirectoryCount of(String top, boolean recursive) {
        Deque<String> left = new ArrayDeque<>();
        left.add(top);
        long directories = 0;
        long unreadable = 0;
        String first = "";
        while (!left.isEmpty()) {
            String path = left.removeLast();
            directories++;
            try (Directory directory = Directory.open(path)) {
                if (recursive) {
                    String prefix = path.endsWith("/") ? path : path + "/";
                    directory.listDirectories(name -> left.add(prefix + name));
                }
            } catch (PosixException e) {
                if (e.errno() == Errno.EACCES || e.errno() == Errno.EPERM) {
                    unreadable++;
                    first = first.isEmpty() ? PathText.display(path) : first;
                } else {
                    directories--;
                }
            }
        }
        return new DirectoryCount(directories, unreadable, first);
    }
}
