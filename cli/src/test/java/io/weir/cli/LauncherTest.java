package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code weir} in a checkout of its own, with a Java and a Maven that only tell how they were called. */
class LauncherTest {
    @TempDir
    private Path directory;

    private Path home;
    private Path jdk;

    private record Run(int code, String out, String err) {}

    @BeforeEach
    void checkout() throws IOException {
        directory = directory.toRealPath();
        home = Files.createDirectories(directory.resolve("a checkout"));
        Files.copy(CommandRun.installation().resolve("weir"), home.resolve("weir"));
        script(home.resolve("weir"), Files.readString(home.resolve("weir")));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("cli/src/main"));
        jdk = Files.createDirectories(directory.resolve("jdk"));
        java("17.0.1");
    }

    @Test
    void startsAtOnceWhatIsBuilt() throws IOException, InterruptedException {
        built();

        Run run = weir(home.resolve("weir"), "up", "--data", "a b");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList())
                .contains(
                        "-Xmx256m",
                        "-Dweir.home=" + home,
                        "-XX:SharedArchiveFile=" + home.resolve("cli/target/dist/weir.jsa"))
                .endsWith("io.weir.cli.Main", "up", "--data", "a b");
    }

    @Test
    void findsItsHomeThroughALink() throws IOException, InterruptedException {
        built();
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a checkout/weir"));

        assertThat(weir(link, "watch", ".").out())
                .contains("-Dweir.home=" + home)
                .contains("-Xmx192m")
                .contains("-XX:SharedArchiveFile=" + home.resolve("cli/target/dist/capture.jsa"));
    }

    @Test
    void captureTrainsForItselfAtItsFirstUse() throws IOException, InterruptedException {
        built();
        Files.delete(home.resolve("cli/target/dist/capture.jsa.key"));

        assertThat(weir(home.resolve("weir"), "up").err()).isEmpty();
        assertThat(weir(home.resolve("weir"), "agent", "-r", ".").err()).contains("preparing fast starts");
        assertThat(Files.readString(home.resolve("cli/target/build.log")))
                .contains("train", "--capture", "-Xshare:dump");
        assertThat(weir(home.resolve("weir"), "agent", "-r", ".").err()).isEmpty();
    }

    @Test
    void buildsOnFirstUseThenTrains() throws IOException, InterruptedException {
        script(
                home.resolve("mvnw"),
                """
                #!/bin/sh
                echo '[INFO] Building weir-posix 0.1.0-SNAPSHOT          [1/2]'
                mkdir -p cli/target/dist/lib
                : > cli/target/dist/lib/weir-cli.jar
                """);

        Run run = weir(home.resolve("weir"), "--version");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("first use: building", "[1/2] weir-posix", "preparing fast starts");
        assertThat(Files.readString(home.resolve("cli/target/build.log"))).contains("train");
        assertThat(weir(home.resolve("weir"), "--version").err()).isEmpty();
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws IOException, InterruptedException {
        built();
        Path source = Files.writeString(home.resolve("cli/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        script(home.resolve("mvnw"), "#!/bin/sh\necho '[ERROR] New.java: no class in it'\nexit 1\n");

        Run run = weir(home.resolve("weir"), "up");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("sources are newer: building", "New.java: no class in it", "the build failed", "build.log");
    }

    @Test
    void olderJavaIsRefusedWithItsVersion() throws IOException, InterruptedException {
        built();
        java("11.0.2");

        Run run = weir(home.resolve("weir"), "up");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is version 11.0.2; a JDK 17 or newer is needed");
    }

    @Test
    void javaHomeWithoutJavaIsNamed() throws IOException, InterruptedException {
        Files.delete(jdk.resolve("bin/java"));

        assertThat(weir(home.resolve("weir"), "up").err()).contains("JAVA_HOME='" + jdk + "' has no bin/java");
    }

    private void java(String version) throws IOException {
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(jdk.resolve("bin/java"), "#!/bin/sh\nfor argument in \"$@\"; do echo \"$argument\"; done\n");
    }

    /** As after a build with this Java. */
    private void built() throws IOException {
        Path dist = home.resolve("cli/target/dist");
        Files.createDirectories(dist.resolve("lib"));
        Files.writeString(dist.resolve("lib/weir-cli.jar"), "");
        Files.writeString(dist.resolve("built"), "");
        for (String archive : new String[] {"weir.jsa", "capture.jsa"}) {
            Files.writeString(dist.resolve(archive), "");
            Files.writeString(
                    dist.resolve(archive + ".key"), jdk.resolve("bin/java").toRealPath() + " 17.0.1 " + dist);
        }
    }

    private Run weir(Path launcher, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path err = directory.resolve("err");
        ProcessBuilder process =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
        process.environment().put("JAVA_HOME", jdk.toString());
        process.environment().remove("WEIR_JAVA_OPTS");
        Process running = process.start();
        String out = new String(running.getInputStream().readAllBytes(), UTF_8);
        return new Run(running.waitFor(), out, Files.readString(err));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
