package io.weir.it;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * JVMs of their own, for what a test kills: with the test's class path and little memory. Where all of the class path but
 * the tests themselves is in jars, as in {@code ./mvnw verify}, their classes come from an archive, as with the launcher.
 */
public final class ChildJvm {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            // At another address than it was made for, all of the archive would be copied.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off",
            "-Dweir.home=" + TARGET.resolve("../..").normalize());

    private static final String MAIN = "io.weir.cli.Main";
    private static final int TRAINING_SECONDS = 120;

    private ChildJvm() {}

    /**
     * A command that runs a class of the tests, which logs as they do.
     *
     * @param heap such as {@code 128m}
     */
    public static List<String> command(String heap, Class<?> main, String... arguments) {
        List<String> command = java(heap);
        command.add("-Dlogback.configurationFile=" + TARGET.resolve("test-classes/logback-test.xml"));
        return with(command, List.of(), main.getName(), List.of(arguments));
    }

    /**
     * A command that runs {@code weir}, which logs as it does for its users.
     *
     * @param modules what comes last in the class path, as by {@code WEIR_MODULES}
     */
    public static List<String> weir(List<Path> modules, String... arguments) {
        return with(java("256m"), modules, MAIN, List.of(arguments));
    }

    private static List<String> java(String heap) {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-Xmx" + heap));
        command.addAll(OPTIONS);
        Archive.PATH.ifPresent(archive -> command.add("-XX:SharedArchiveFile=" + archive));
        return command;
    }

    private static List<String> with(List<String> command, List<Path> more, String main, List<String> arguments) {
        command.add("-cp");
        command.add(joined(Stream.of(jars(), directories(), more.stream()).flatMap(paths -> paths)));
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    private static String joined(Stream<Path> paths) {
        return String.join(File.pathSeparator, paths.map(Path::toString).toList());
    }

    private static Stream<Path> classPath() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator, -1))
                .map(Path::of);
    }

    /** They come first: an archive serves a class path that begins with that for which it was made. */
    private static Stream<Path> jars() {
        return classPath().filter(Files::isRegularFile);
    }

    private static Stream<Path> directories() {
        return classPath().filter(Files::isDirectory);
    }

    /** Made when it is first asked for, by one process for all. */
    private static final class Archive {
        static final Optional<Path> PATH = find();

        private static Optional<Path> find() {
            boolean packaged = directories().allMatch(directory -> directory.startsWith(TARGET));
            return packaged ? make() : Optional.empty();
        }

        private static Optional<Path> make() {
            Path archive = TARGET.resolve("children.jsa");
            try (FileChannel lock = FileChannel.open(
                    TARGET.resolve("children.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                if (!isCurrent(archive)) {
                    Files.deleteIfExists(archive);
                    train(archive);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return Files.exists(archive) ? Optional.of(archive) : Optional.empty();
        }

        private static boolean isCurrent(Path archive) throws IOException {
            return Files.exists(archive)
                    && jars().allMatch(jar ->
                            jar.toFile().lastModified() < archive.toFile().lastModified());
        }

        /** The launcher's training run. */
        private static void train(Path archive) throws IOException {
            List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-XX:ArchiveClassesAtExit=" + archive));
            command.addAll(OPTIONS);
            command.addAll(List.of("-cp", joined(jars()), MAIN, "train", "--native"));
            command.add(Files.createDirectories(TARGET.resolve("native")).toString());
            Path log = TARGET.resolve("children.log");
            Process training = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                if (!training.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS) || training.exitValue() != 0) {
                    training.destroyForcibly();
                    throw new IllegalStateException("no archive of classes: " + Files.readString(log));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
