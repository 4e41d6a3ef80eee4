package io.weir.posix;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.OptionalLong;

/**
 * Users and groups of this host, by whatever its name service knows (passwd and group files, LDAP and so on), asked anew each
 * time. Safe for all threads.
 */
public final class Accounts {
    private static final int ERANGE = 34;
    /** struct passwd and struct group begin alike: name, password, and the number at 16; they are at most this long. */
    private static final int STRUCT_BYTES = 64;

    private static final int NUMBER_AT = 16;
    private static final int FIRST_BYTES = 4 << 10;
    /** A group's members are read with it. */
    private static final int MOST_BYTES = 16 << 20;
    /** 2^32 - 1 means none. */
    private static final long HIGHEST = 0xffff_fffeL;

    static {
        Native.register(Accounts.class, Platform.C_LIBRARY_NAME);
    }

    private Accounts() {}

    private static native int geteuid();

    private static native int getpwnam_r(byte[] name, long passwd, long buffer, long bytes, long result);

    private static native int getgrnam_r(byte[] name, long group, long buffer, long bytes, long result);

    private interface Call {
        int ask(byte[] name, long struct, long buffer, long bytes, long result);
    }

    /**
     * The number of a user.
     *
     * @param user a name, or a number, which need not be known
     * @return empty if there is no such user
     * @throws PosixException if the name service does not answer
     */
    public static OptionalLong uid(String user) throws PosixException {
        return isNumber(user) ? number(user) : ask(Accounts::getpwnam_r, "getpwnam", user);
    }

    /**
     * The number of a group.
     *
     * @param group a name, or a number, which need not be known
     * @return empty if there is no such group
     * @throws PosixException if the name service does not answer
     */
    public static OptionalLong gid(String group) throws PosixException {
        return isNumber(group) ? number(group) : ask(Accounts::getgrnam_r, "getgrnam", group);
    }

    /** Whether this process acts as root. */
    public static boolean isRoot() {
        return geteuid() == 0;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static OptionalLong number(String digits) {
        long value = digits.length() > 10 ? Long.MAX_VALUE : Long.parseLong(digits);
        return value <= HIGHEST ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static OptionalLong ask(Call call, String name, String account) throws PosixException {
        if (account.isEmpty() || account.indexOf(0) >= 0) {
            return OptionalLong.empty();
        }
        NativeBuffer struct = new NativeBuffer(STRUCT_BYTES);
        NativeBuffer result = new NativeBuffer(Long.BYTES);
        for (int bytes = FIRST_BYTES; ; bytes *= 4) {
            NativeBuffer strings = new NativeBuffer(bytes);
            int error = call.ask(Libc.path(account), struct.address(), strings.address(), bytes, result.address());
            if (error == ERANGE && bytes < MOST_BYTES) {
                continue;
            }
            if (result.bytes().getLong(0) != 0) {
                return OptionalLong.of(Integer.toUnsignedLong(struct.bytes().getInt(NUMBER_AT)));
            }
            if (isNotFound(error)) {
                return OptionalLong.empty();
            }
            throw new PosixException(error, name, account);
        }
    }

    /** "0 or ENOENT or ESRCH or EBADF or EPERM or ...: the given name was not found" (getpwnam(3)). */
    private static boolean isNotFound(int error) {
        final int noSuchProcess = 3;
        return error == 0 || error == Errno.ENOENT || error == noSuchProcess || error == Errno.EPERM;
    }
}
