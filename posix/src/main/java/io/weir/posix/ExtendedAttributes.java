package io.weir.posix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Extended attributes of open files (xattr(7)); access control lists are among them. Safe for all threads. */
public final class ExtendedAttributes {
    private static final int ENODATA = 61;
    private static final int EOPNOTSUPP = 95;
    private static final int ERANGE = 34;
    private static final int FIRST_BYTES = 4 << 10;
    /** The kernel's XATTR_LIST_MAX and XATTR_SIZE_MAX. */
    private static final int MOST_BYTES = 64 << 10;

    private ExtendedAttributes() {}

    private interface Call {
        long fill(byte[] buffer);
    }

    /**
     * Copies those of users and administrators, and access control lists. Labels of security modules and file capabilities
     * ({@code security.*}) are left out: they are about a place, or are power.
     *
     * @return the names of those that the target's file system or the process's rights do not allow
     * @throws PosixException if those of the source cannot be read
     */
    public static List<String> copy(OpenPath from, OpenPath to) throws PosixException {
        byte[] source = path(from);
        byte[] target = path(to);
        List<String> missing = new ArrayList<>();
        for (String name : names(from, source)) {
            byte[] key = (name + '\0').getBytes(StandardCharsets.ISO_8859_1);
            byte[] value = read(buffer -> SafeCalls.getxattr(source, key, buffer, buffer.length), "getxattr", from);
            if (value == null || SafeCalls.setxattr(target, key, value, value.length, 0) != 0) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static List<String> names(OpenPath of, byte[] path) throws PosixException {
        byte[] list = read(buffer -> SafeCalls.listxattr(path, buffer, buffer.length), "listxattr", of);
        List<String> names = new ArrayList<>();
        if (list != null) {
            for (String name : new String(list, StandardCharsets.ISO_8859_1).split("\0", -1)) {
                if (isCopied(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean isCopied(String name) {
        return name.startsWith("user.") || name.startsWith("trusted.") || name.startsWith("system.posix_acl_");
    }

    /** What a call gives; null if there is nothing, or no such thing on this file system. */
    private static byte @org.jspecify.annotations.Nullable [] read(Call call, String name, OpenPath of)
            throws PosixException {
        for (int bytes = FIRST_BYTES; ; bytes = MOST_BYTES) {
            byte[] buffer = new byte[bytes];
            long length = call.fill(buffer);
            if (length >= 0) {
                return Arrays.copyOf(buffer, (int) length);
            }
            PosixException failure = Libc.failure(name, of.path());
            if (failure.errno() == ENODATA || failure.errno() == EOPNOTSUPP) {
                return null;
            }
            if (failure.errno() != ERANGE || bytes == MOST_BYTES) {
                throw failure;
            }
        }
    }

    private static byte[] path(OpenPath file) {
        return Libc.path(file.descriptorPath().toString());
    }
}
