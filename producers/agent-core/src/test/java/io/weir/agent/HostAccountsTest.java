package io.weir.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostAccountsTest {
    @TempDir
    Path directory;

    @Test
    void namesComeFromTheFilesAndChangeWithThem() throws IOException {
        Path passwd = Files.writeString(directory.resolve("passwd"), "root:x:0:0::/root:/bin/sh\n+::::\nann:x:7:7::\n");
        Path group = Files.writeString(directory.resolve("group"), "wheel:x:0:\nusers:x:100:ann\n");
        AtomicLong nanos = new AtomicLong();
        HostAccounts accounts = new HostAccounts(passwd, group, nanos::get);
        assertThat(accounts.user(7)).isEqualTo("ann");
        assertThat(accounts.user(8)).isEqualTo("8");
        assertThat(accounts.group(100)).isEqualTo("users");

        Files.writeString(passwd, "bob:x:8:8::\n");
        Files.setLastModifiedTime(passwd, FileTime.fromMillis(1));
        assertThat(accounts.user(8)).isEqualTo("8");
        nanos.addAndGet(1_000_000_000);
        assertThat(accounts.user(8)).isEqualTo("bob");
        assertThat(accounts.user(7)).isEqualTo("7");
    }

    @Test
    void withoutTheFilesNumbersAreNames() {
        HostAccounts accounts = new HostAccounts(directory.resolve("none"), directory.resolve("none"), () -> 0);
        assertThat(accounts.user(0)).isEqualTo("0");
    }
}
