package io.weir.worker.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A change of permission bits as chmod(1) of POSIX takes it: three or four octal digits, or clauses such as
 * {@code u+rwX,g-w,o=}. Without {@code ugoa} before the operator all three are meant: a worker's umask is no part of a rule.
 * Immutable.
 */
final class ModeChange {
    private static final Pattern OCTAL = Pattern.compile("[0-7]{3,4}");
    private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*))+)");
    private static final Pattern OPERATION = Pattern.compile("([-+=])([ugo]|[rwxXst]*)");
    private static final int SETUID = 04000;
    private static final int SETGID = 02000;
    private static final int STICKY = 01000;
    private static final int ALL = 07777;
    private static final int EXECUTE = 0111;

    private final List<Operation> operations;

    /**
     * @param mask the bits that it is about
     * @param what letters, or one of {@code ugo} to copy from
     */
    private record Operation(char operator, int mask, String what) {}

    private ModeChange(List<Operation> operations) {
        this.operations = List.copyOf(operations);
    }

    /** Empty if the text is none. */
    static Optional<ModeChange> parse(String text) {
        if (OCTAL.matcher(text).matches()) {
            return Optional.of(new ModeChange(List.of(new Operation('0', ALL, text))));
        }
        List<Operation> operations = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            var clause = CLAUSE.matcher(part);
            if (!clause.matches()) {
                return Optional.empty();
            }
            int mask = mask(clause.group(1));
            var operation = OPERATION.matcher(clause.group(2));
            while (operation.find()) {
                operations.add(new Operation(operation.group(1).charAt(0), mask, operation.group(2)));
            }
        }
        return Optional.of(new ModeChange(operations));
    }

    private static int mask(String who) {
        int mask = who.isEmpty() ? ALL : 0;
        for (int i = 0; i < who.length(); i++) {
            mask |= switch (who.charAt(i)) {
                case 'u' -> SETUID | 0700;
                case 'g' -> SETGID | 0070;
                case 'o' -> STICKY | 0007;
                default -> ALL;
            };
        }
        return mask;
    }

    /** The mode that a file with this mode gets. */
    int apply(int mode, boolean directory) {
        int result = mode;
        for (Operation operation : operations) {
            result = apply(operation, mode, result, directory);
        }
        return result;
    }

    private static int apply(Operation operation, int unmodified, int mode, boolean directory) {
        if (operation.operator() == '0') {
            return Integer.parseInt(operation.what(), 8);
        }
        int bits = bits(operation.what(), unmodified, mode, directory) & operation.mask();
        return switch (operation.operator()) {
            case '+' -> mode | bits;
            case '-' -> mode & ~bits;
            default -> (mode & ~cleared(operation, directory)) | bits;
        };
    }

    /** What {@code =} clears. A directory keeps setuid and setgid, which say whose the files in it are, unless named. */
    private static int cleared(Operation operation, boolean directory) {
        boolean kept = directory && operation.what().indexOf('s') < 0;
        return operation.mask() & ~(kept ? SETUID | SETGID : 0);
    }

    private static int bits(String what, int unmodified, int mode, boolean directory) {
        int bits = 0;
        for (int i = 0; i < what.length(); i++) {
            bits |= switch (what.charAt(i)) {
                case 'r' -> 0444;
                case 'w' -> 0222;
                case 'x' -> EXECUTE;
                case 'X' -> directory || (unmodified & EXECUTE) != 0 ? EXECUTE : 0;
                case 's' -> SETUID | SETGID;
                case 't' -> STICKY;
                case 'u' -> ((mode >> 6) & 7) * 0111;
                case 'g' -> ((mode >> 3) & 7) * 0111;
                default -> (mode & 7) * 0111;
            };
        }
        return bits;
    }

    /** Whether a file that has been changed is left as it is by the same change. */
    boolean isIdempotent() {
        for (int mode = 0; mode <= ALL; mode++) {
            for (boolean directory : new boolean[] {false, true}) {
                int once = apply(mode, directory);
                if (apply(once, directory) != once) {
                    return false;
                }
            }
        }
        return true;
    }
}
