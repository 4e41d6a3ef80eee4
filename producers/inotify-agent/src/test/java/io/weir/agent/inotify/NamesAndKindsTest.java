package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent, live and over a stop, with names and files that are not ordinary. */
@Timeout(120)
class NamesAndKindsTest {
    @TempDir
    Path dir;

    private Path in;
    private Path out;
    private TestAgent agent;

    @BeforeEach
    void make() throws Exception {
        dir = dir.toRealPath();
        in = Files.createDirectory(dir.resolve("in"));
        out = Files.createDirectory(dir.resolve("out"));
        agent = new TestAgent(in, dir.resolve("data"));
    }

    /** JUnit cannot delete what a path cannot name. */
    @AfterEach
    void close() {
        agent.close();
        Bench.shell(dir, "rm -rf in out");
    }

    private void shell(String script) {
        Bench.shell(in, script);
    }

    @Test
    void namesAreBytesWhateverTheyAre() {
        String longest = "n".repeat(255);
        String make =
                "mkdir \"$(printf 'd\\351')\" && echo x > \"$(printf 'd\\351')/$(printf 'f\\377')\" && echo x > 'new\nline'"
                        + " && echo x > ' blank ' && echo x > " + longest;
        String[] paths = {"/d\udce9/f\udcff", "/new\nline", "/ blank ", "/" + longest};
        agent.start();
        shell(make);
        for (String path : paths) {
            agent.await("live created " + path, "live written " + path);
        }
        agent.close();
        agent.forget();
        shell("rm -r ./* && " + make);
        agent.start();
        for (String path : paths) {
            agent.await(
                    "reconstructed deleted " + path, "reconstructed created " + path, "reconstructed written " + path);
        }
        shell("rm -r ./*");
        for (String path : paths) {
            agent.await("live deleted " + path);
        }
    }

    @Test
    void pathsMayBeLongerThanTheKernelTakesAtOnce() {
        String name = "n".repeat(200);
        String path = ("/" + name).repeat(25);
        String deep = "cd -P . && for i in $(seq 25); do mkdir -p " + name + " && cd -P " + name + "; done && ";
        shell(deep + "echo x > known");
        agent.start();
        shell(deep + "echo x > live && mkdir d && echo x > d/f && mv known moved");
        agent.await("live written " + path + "/live", "live moved " + path + "/moved");
        agent.await("live created " + path + "/d");
        agent.await("live written " + path + "/d/f");
        agent.close();
        agent.forget();
        shell(deep + "echo y >> moved && rm live && echo x > down");
        agent.start();
        agent.await(
                "reconstructed written " + path + "/moved",
                "reconstructed deleted " + path + "/live",
                "reconstructed written " + path + "/down");
        shell("rm -rf " + name);
        agent.await("live deleted " + path + "/down", "live deleted /" + name);
    }

    @Test
    void linksAreToldAndNeverFollowed() throws Exception {
        Files.createDirectories(out.resolve("target/below"));
        Files.createDirectory(in.resolve("real"));
        Files.writeString(in.resolve("real/f"), "x");
        Files.createSymbolicLink(in.resolve("known"), out.resolve("target"));
        agent.start();
        Files.createSymbolicLink(in.resolve("new"), out.resolve("target"));
        Files.writeString(out.resolve("target/f"), "x");
        Files.writeString(in.resolve("new/g"), "x");
        Files.createSymbolicLink(in.resolve("dangling"), Path.of("nowhere"));
        agent.await("live created /new", "live created /dangling");
        agent.close();
        agent.forget();
        Files.delete(in.resolve("real/f"));
        Files.delete(in.resolve("real"));
        Files.createSymbolicLink(in.resolve("real"), out.resolve("target"));
        Files.createDirectory(in.resolve("dir"));
        agent.start();
        agent.await("reconstructed deleted /real/f", "reconstructed deleted /real", "reconstructed created /real");
        Files.delete(in.resolve("dir"));
        Files.createSymbolicLink(in.resolve("dir"), out.resolve("target"));
        Files.writeString(in.resolve("last"), "x");
        agent.await("live deleted /dir", "live created /dir", "live written /last");
        assertThat(agent.told()).noneMatch(l -> l.contains("/below") || l.endsWith("/g") || l.endsWith("target/f"));
    }

    @Test
    void aWatchedDirectoryMayBeNamedByALink() throws Exception {
        Path link = Files.createSymbolicLink(dir.resolve("link"), in);
        agent = new TestAgent(link, dir.resolve("data"));
        agent.start();
        Files.writeString(in.resolve("f"), "x");
        agent.await("live written /f");
        Files.delete(link);
        Files.createSymbolicLink(link, out);
        Files.writeString(out.resolve("unseen"), "x");
        Files.writeString(in.resolve("g"), "x");
        agent.await("live written /g");
        assertThat(agent.told()).noneMatch(l -> l.contains("unseen"));
    }

    /** A directory becomes a link to one that is not watched, again and again, while the first scan is under way. */
    @Test
    void aDirectoryReplacedByALinkDuringAScanLeadsNowhere() throws Exception {
        for (int i = 0; i < 200; i++) {
            Files.createDirectories(in.resolve("d" + i + "/e"));
        }
        Files.createDirectories(out.resolve("e/secret"));
        Files.writeString(out.resolve("e/f"), "x");
        Thread user = new Thread(() -> shell("for n in 1 2 3; do for i in $(seq 0 199); do"
                + " mv d$i gone && ln -s ../out d$i && rm d$i && mv gone d$i; done; done"));
        user.start();
        agent.start();
        user.join();
        Files.writeString(in.resolve("d199/e/last"), "x");
        Files.writeString(in.resolve("d0/e/last"), "x");
        agent.await("live written /d199/e/last", "live written /d0/e/last");
        assertThat(agent.told()).noneMatch(l -> l.contains("secret") || l.endsWith("/f"));
    }

    @Test
    void aFileIsToldUnderTheNameThatItWasChangedBy() throws Exception {
        Files.writeString(in.resolve("a"), "x");
        Files.createDirectory(in.resolve("d"));
        agent.start();
        Files.createLink(in.resolve("d/b"), in.resolve("a"));
        Files.writeString(in.resolve("d/b"), "y", StandardOpenOption.APPEND);
        agent.await("live created /d/b", "live written /d/b");
        assertThat(agent.told("/a")).noneMatch(l -> l.startsWith("written") || l.startsWith("modified"));
        Files.delete(in.resolve("a"));
        agent.await("live deleted /a");
        agent.close();
        agent.forget();
        Files.createLink(in.resolve("c"), in.resolve("d/b"));
        agent.start();
        agent.await("reconstructed created /c");
        agent.close();
        agent.forget();
        Files.move(in.resolve("c"), in.resolve("moved"));
        agent.start();
        agent.await("reconstructed moved /moved");
        assertThat(agent.told("/d/b")).isEmpty();
    }

    @Test
    void specialFilesAreToldAndNeverOpened() throws Exception {
        agent.start();
        // whoever opens a pipe without a partner waits for ever
        shell(
                "mkdir d && mkfifo d/pipe pipe && chmod 600 pipe && python3 -c \"import socket; s=socket.socket(socket.AF_UNIX);"
                        + " s.bind('socket'); t=socket.socket(socket.AF_UNIX); t.bind('d/socket')\"");
        agent.await("live created /pipe", "live created /d/pipe", "live created /socket", "live created /d/socket");
        agent.close();
        agent.forget();
        shell("rm pipe socket && mkfifo new");
        agent.start();
        agent.await("reconstructed deleted /pipe", "reconstructed deleted /socket", "reconstructed created /new");
        Files.writeString(in.resolve("last"), "x");
        agent.await("live written /last");
        assertThat(agent.told()).noneMatch(l -> l.contains("written") && !l.endsWith("/last"));
    }

    /** Root may read everything, so the source's thread, which opens the kernel's queue, gives up that right. */
    @Test
    void aDirectoryWithoutPermissionIsAGapAndItsNeighboursAreSeen() throws Exception {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(dir.resolve("data"));
        Files.setPosixFilePermissions(dir.resolve("data"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Path secret = Files.createDirectory(in.resolve("secret"));
        Files.writeString(Files.createDirectory(secret.resolve("below")).resolve("f"), "x");
        Path listable = Files.createDirectory(in.resolve("listable"));
        Files.writeString(listable.resolve("f"), "x");
        agent.start();
        agent.close();
        Files.setPosixFilePermissions(secret, Set.of());
        Files.setPosixFilePermissions(listable, PosixFilePermissions.fromString("r--r--r--"));
        agent.forget();
        agent.kernel(() -> {
                    Function.getFunction("c", "setfsuid").invokeInt(new Object[] {65534});
                    return Kernel.open();
                })
                .start();
        agent.await("live gap /secret opens", "live gap /listable opens");
        Files.createDirectory(in.resolve("open"));
        Files.writeString(in.resolve("open/f"), "x");
        agent.await("live written /open/f");
        assertThat(agent.told()).noneMatch(l -> l.contains(" deleted "));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(listable, PosixFilePermissions.fromString("rwxr-xr-x"));
        agent.await("live gap /secret closes", "live gap /listable closes");
        Files.writeString(secret.resolve("below/g"), "x");
        Files.writeString(listable.resolve("g"), "x");
        agent.await("live written /secret/below/g", "live written /listable/g");
        assertThat(agent.told()).noneMatch(l -> l.contains(" deleted "));
    }
}
