package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file that a foreign process changes, and that a rule then changes in its own way. The next change is made as soon as the
 * last one has been answered. One thread changes it, others may ask.
 */
abstract class Provoked {
    private final int wanted;
    private final AtomicInteger changes = new AtomicInteger();

    Provoked(int wanted) {
        this.wanted = wanted;
    }

    /** One of each kind. */
    static List<Provoked> all(Path in, int number, int changes, Random random) throws IOException {
        String name = "n" + number;
        return List.of(
                new Mode(
                        in,
                        Path.of("lock", name),
                        changes,
                        "rw-r-----",
                        List.of("lock"),
                        new Random(random.nextLong())),
                new Mode(
                        in,
                        Path.of("fight", name),
                        changes,
                        "rw-rw----",
                        List.of("fight-one", "fight-two"),
                        new Random(random.nextLong())),
                new Name(in, name, changes),
                new Taken(in, name, changes),
                new Run(in, name, changes));
    }

    /** Makes the next change if the last has been answered; returns whether it is not over. */
    final boolean goOn() {
        try {
            int made = changes();
            if (made == 0 || isAnswered()) {
                if (made == wanted) {
                    return false;
                }
                change(made + 1);
                changes.incrementAndGet();
            } else {
                whileWaiting();
            }
            return true;
        } catch (NoSuchFileException e) {
            return true; // it is being moved
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final int wanted() {
        return wanted;
    }

    final int changes() {
        return changes.get();
    }

    final boolean isOver() {
        try {
            return changes() == wanted && isAnswered();
        } catch (IOException e) {
            return false;
        }
    }

    abstract void change(int number) throws IOException;

    abstract boolean isAnswered() throws IOException;

    void whileWaiting() throws IOException {
        // Most wait idly.
    }

    /**
     * Requires of what the log has that each change was answered, and that no action was answered by another.
     *
     * @param redelivered how often a worker died or was taken for dead: an action that is carried out again may answer a
     *     change that came meanwhile, which then leaves nothing to be seen; and of a program that was killed nobody can tell
     *     what it changed
     */
    abstract void requireAnswered(Requests requests, int redelivered);

    /**
     * Of a rule: as many actions as changes; more have found nothing to do, and are few.
     *
     * @param more how many more may have done something
     */
    final void requireOneEach(Requests requests, int redelivered, String rule, String path, int more) {
        assertThat(requests.done(rule, path::equals))
                .as("actions of '%s' on %s that did something, for %d changes", rule, path, wanted)
                .isLessThanOrEqualTo(wanted + more);
        assertThat(requests.count(rule, path::equals))
                .as("actions of '%s' on %s, for %d changes", rule, path, wanted)
                .isBetween((long) wanted - redelivered, 2L * wanted);
    }

    /** Its mode is changed, and set again. */
    private static final class Mode extends Provoked {
        private static final List<String> FOREIGN = List.of("rwxrwxrwx", "rw-r--r--", "r--------", "rwx------");

        private final Path file;
        private final String path;
        private final String answer;
        private final List<String> rules;
        private final Random random;

        Mode(Path in, Path below, int wanted, String answer, List<String> rules, Random random) throws IOException {
            super(wanted);
            this.file = in.resolve(below);
            this.path = "/" + below;
            this.answer = answer;
            this.rules = rules;
            this.random = random;
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(answer));
        }

        @Override
        void change(int number) throws IOException {
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(FOREIGN.get(random.nextInt(FOREIGN.size()))));
        }

        @Override
        boolean isAnswered() throws IOException {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .equals(answer);
        }

        @Override
        void requireAnswered(Requests requests, int redelivered) {
            // An action more, where a change falls together with one, finds nothing to do; not if two undo each other.
            int more = rules.size() > 1 ? redelivered : 0;
            rules.forEach(rule -> requireOneEach(requests, redelivered, rule, path, more));
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** It gets another name, is renamed, and is appended to all the time. */
    private static final class Name extends Provoked {
        private final Path directory;
        private final String path;

        Name(Path in, String name, int wanted) throws IOException {
            super(wanted);
            this.directory = Files.createDirectories(in.resolve("name").resolve(name));
            this.path = "/name/" + name + "/";
            Files.writeString(answer(0), "x");
        }

        private Path answer(int number) {
            return directory.resolve("r" + number + "-x.txt");
        }

        @Override
        void change(int number) throws IOException {
            Files.move(answer(number - 1), directory.resolve("r" + number + ".txt"));
        }

        @Override
        boolean isAnswered() {
            return Files.exists(answer(changes()));
        }

        @Override
        void whileWaiting() throws IOException {
            Files.writeString(directory.resolve("r" + changes() + ".txt"), "y", StandardOpenOption.APPEND);
        }

        @Override
        void requireAnswered(Requests requests, int redelivered) {
            assertThat(directory.toFile().list()).containsExactly("r" + wanted() + "-x.txt");
            assertThat(requests.done("name", p -> p.startsWith(path)))
                    .as("renames below %s that did something, for %d changes", path, wanted())
                    .isLessThanOrEqualTo(wanted());
            assertThat(requests.count("name", p -> p.startsWith(path)))
                    .as("renames below %s, for %d changes", path, wanted())
                    .isBetween((long) wanted() - redelivered, 2L * wanted());
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** Files are written, and taken away. */
    private static final class Taken extends Provoked {
        private final Path in;
        private final String name;

        Taken(Path in, String name, int wanted) throws IOException {
            super(wanted);
            this.in = in;
            this.name = name;
            Files.createDirectories(in.resolve("take"));
        }

        private String path(int number) {
            return "/take/" + name + "-" + number + ".dat";
        }

        private Path file(String path) {
            return in.resolve(path.substring(1));
        }

        @Override
        void change(int number) throws IOException {
            Files.writeString(file(path(number)), "x");
        }

        @Override
        boolean isAnswered() {
            return Files.exists(file("/.taken" + path(changes())));
        }

        @Override
        void requireAnswered(Requests requests, int redelivered) {
            for (int i = 1; i <= wanted(); i++) {
                String path = path(i);
                assertThat(file("/.taken" + path)).hasContent("x");
                assertThat(file("/.taken" + path.replace(".dat", ".1.dat"))).doesNotExist();
                assertThat(requests.done("take", p -> p.endsWith(path)))
                        .as("quarantines of %s that did something", path)
                        .isLessThanOrEqualTo(1);
                assertThat(requests.count("take", p -> p.endsWith(path)))
                        .as("quarantines of %s", path)
                        .isBetween(1L, 2L);
            }
        }

        @Override
        public String toString() {
            return path(changes());
        }
    }

    /**
     * Files are written, one upon the other, and a program writes into them, and says so. Should it be killed, nobody can tell
     * what in its scope others wrote meanwhile.
     */
    private static final class Run extends Provoked {
        private final Path in;
        private final String name;

        Run(Path in, String name, int wanted) throws IOException {
            super(wanted);
            this.in = in;
            this.name = name;
            Files.createDirectories(in.resolve("run"));
        }

        private String path(int number) {
            return "/run/" + name + "-" + number;
        }

        @Override
        void change(int number) throws IOException {
            Files.writeString(in.resolve(path(number).substring(1)), "written\n");
        }

        @Override
        boolean isAnswered() {
            return true;
        }

        @Override
        void requireAnswered(Requests requests, int redelivered) {
            for (int i = 1; i <= wanted(); i++) {
                String path = path(i);
                assertThat(requests.count("run", path::equals))
                        .as("runs asked for, for %s", path)
                        .isBetween(redelivered > 0 ? 0L : 1L, 1L);
            }
        }

        @Override
        public String toString() {
            return path(changes());
        }
    }
}
