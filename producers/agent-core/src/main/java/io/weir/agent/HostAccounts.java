package io.weir.agent;

import io.weir.agent.source.AccountNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Names from {@code /etc/passwd} and {@code /etc/group}, read again when those change. Accounts of a directory service that
 * are not in these files have numbers for names.
 */
public final class HostAccounts implements AccountNames {
    private final Names users;
    private final Names groups;

    public HostAccounts() {
        this(Path.of("/etc/passwd"), Path.of("/etc/group"), System::nanoTime);
    }

    HostAccounts(Path passwd, Path group, LongSupplier nanos) {
        users = new Names(passwd, nanos);
        groups = new Names(group, nanos);
    }

    @Override
    public String user(long uid) {
        return users.name(uid);
    }

    @Override
    public String group(long gid) {
        return groups.name(gid);
    }

    /** One of the two files: name, password, number, and more, between colons. */
    private static final class Names {
        private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

        private final Path file;
        private final LongSupplier nanos;
        private Map<Long, String> names = new HashMap<>();
        private FileTime read = FileTime.fromMillis(-1);
        private long nextCheck;
        private boolean checked;

        Names(Path file, LongSupplier nanos) {
            this.file = file;
            this.nanos = nanos;
        }

        synchronized String name(long id) {
            long now = nanos.getAsLong();
            if (!checked || now - nextCheck >= 0) {
                checked = true;
                nextCheck = now + CHECK_NANOS;
                refresh();
            }
            return names.computeIfAbsent(id, number -> Long.toString(number));
        }

        private void refresh() {
            try {
                FileTime changed = Files.getLastModifiedTime(file);
                if (!changed.equals(read)) {
                    names = parse(Files.readString(file, StandardCharsets.ISO_8859_1));
                    read = changed;
                }
            } catch (IOException e) {
                names = new HashMap<>(); // Without the file every account has its number for a name.
            }
        }

        private static Map<Long, String> parse(String text) {
            Map<Long, String> names = new HashMap<>();
            text.lines()
                    .map(line -> line.split(":", 4))
                    .filter(f -> f.length > 2)
                    .forEach(f -> {
                        try {
                            names.putIfAbsent(Long.parseLong(f[2]), f[0]);
                        } catch (NumberFormatException e) {
                            // A NIS line such as "+::::", which names nobody.
                        }
                    });
            return names;
        }
    }
}
