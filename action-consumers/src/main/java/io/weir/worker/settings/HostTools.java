package io.weir.worker.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.worker.settings.Confinement.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What this host has to confine programs with. */
interface HostTools {
    /** The path of a command of util-linux or glibc; empty if it is not installed. */
    Optional<Path> find(String command);

    /** Whether the worker runs as root. */
    boolean isRoot();

    /** A user by name or number; empty if there is none. */
    Optional<Account> account(String user);

    /** Those of this host. */
    static HostTools ofThisHost() {
        return new ThisHost();
    }

    /** See {@link #ofThisHost}. */
    final class ThisHost implements HostTools {
        private static final List<String> DIRECTORIES = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");
        private static final int LIMIT_SECONDS = 10;

        @Override
        public Optional<Path> find(String command) {
            return DIRECTORIES.stream()
                    .map(directory -> Path.of(directory, command))
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        @Override
        public boolean isRoot() {
            try {
                return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
            } catch (IOException | UnsupportedOperationException e) {
                return false;
            }
        }

        /** By getent, which asks directory services too. */
        @Override
        public Optional<Account> account(String user) {
            return find("getent").flatMap(getent -> entry(getent, user));
        }

        private static Optional<Account> entry(Path getent, String user) {
            try {
                Process process = new ProcessBuilder(getent.toString(), "passwd", "--", user)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String line = new String(process.getInputStream().readAllBytes(), UTF_8);
                boolean found = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
                return found ? line.lines().findFirst().map(ThisHost::parse) : Optional.empty();
            } catch (IOException | NumberFormatException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        private static Account parse(String line) {
            List<String> fields = List.of(line.split(":", -1));
            return new Account(fields.get(0), Integer.parseInt(fields.get(2)), Integer.parseInt(fields.get(3)));
        }
    }
}
