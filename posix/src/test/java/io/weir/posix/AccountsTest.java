package io.weir.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AccountsTest {
    @Test
    void everyUserAndGroupOfThisHostsFilesIsFoundByItsName() throws IOException {
        for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
            String[] fields = line.split(":", -1);
            assertThat(Accounts.uid(fields[0])).as(line).hasValue(Long.parseLong(fields[2]));
        }
        for (String line : Files.readAllLines(Path.of("/etc/group"))) {
            String[] fields = line.split(":", -1);
            assertThat(Accounts.gid(fields[0])).as(line).hasValue(Long.parseLong(fields[2]));
        }
    }

    @Test
    void aNumberNeedNotBeKnownButMustBeOne() throws IOException {
        assertThat(Accounts.uid("123456")).hasValue(123456);
        assertThat(Accounts.gid("0")).hasValue(0);
        assertThat(Accounts.uid("4294967294")).hasValue(4294967294L);
        assertThat(Accounts.uid("4294967295")).as("means none").isEmpty();
        assertThat(Accounts.uid("99999999999999999999")).isEmpty();
    }

    @Test
    void whoIsNotThereIsNotFound() throws IOException {
        assertThat(Accounts.uid("no-such-user")).isEmpty();
        assertThat(Accounts.gid("no-such-group")).isEmpty();
        assertThat(Accounts.uid("")).isEmpty();
        assertThat(Accounts.uid("ro\0ot")).isEmpty();
    }
}
