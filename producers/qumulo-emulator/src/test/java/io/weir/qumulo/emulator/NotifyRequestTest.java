package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.qumulo.emulator.settings.Privileges;
import io.weir.qumulo.emulator.settings.RecursiveMode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Which requests to watch are taken, and what becomes of the others. */
class NotifyRequestTest extends EmulatorTest {
    private static final String RECURSIVE = Client.file("/") + "/notify?recursive=true";

    @Test
    void anUnknownTypeInTheFilterIsRefused() throws IOException {
        Client.Reply reply = client.get(RECURSIVE + "&filter=child_file_added%2Cchild_mode_changed");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("'child_mode_changed'");
    }

    @Test
    void aFileIsNotWatched() throws IOException {
        tree.createFile("/in/f");
        Client.Reply reply = client.get(Client.file("/in/f") + "/notify");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorClass()).isEqualTo("fs_not_a_directory_error");
    }

    @Test
    void aDirectoryThatIsNotThereIsNotFound() throws IOException {
        assertThat(client.get(Client.file("/nope") + "/notify").status()).isEqualTo(404);
    }

    @Test
    void aBooleanIsAWord() throws IOException {
        assertThat(client.get(Client.file("/") + "/notify?recursive=1").status())
                .isEqualTo(400);
        client.watch("/", "recursive=True").close();
    }

    @Test
    void recursionMayBeRefused() throws IOException {
        cluster.switches().recursiveMode(RecursiveMode.DISABLED_ERROR);
        assertThat(client.get(RECURSIVE).status()).isEqualTo(400);
        client.watch("/", "recursive=false").close();
    }

    @Test
    void recursionMayBeIgnoredInSilence() throws IOException {
        client.send("PUT", "/v1/file-system/settings/notify", "{\"recursive_mode\":\"DISABLED_IGNORE\"}");
        try (Stream stream = client.watchAll()) {
            tree.createFile("/in/f");
            tree.createFile("/f");
            assertThat(stream.events()).containsExactly("child_file_added f");
        }
    }

    @Test
    void recursionNeedsAPrivilege() throws IOException {
        cluster.accounts().withdraw(Privileges.FILE_READ_ACCESS);
        Client.Reply reply = client.get(RECURSIVE);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.errorClass()).isEqualTo("http_unauthorized_error");
        client.watch("/", "recursive=false").close();
    }

    @Test
    void aDirectoryMayBeNamedByItsIdAndByAnEncodedPath() throws IOException {
        String odd = "/in/a b/100% ü+&=@:,;";
        tree.createDirectories(odd);
        try (Stream byId = client.watch(id(odd), "recursive=true");
                Stream byPath = client.watch(odd, "recursive=true")) {
            tree.createFile(odd + "/f");
            assertThat(byId.events()).containsExactly("child_file_added f");
            assertThat(byPath.events()).containsExactly("child_file_added f");
        }
        assertThat(client.get("/v1/files/in/notify").status()).isEqualTo(404);
    }

    @Test
    void aStreamNeedsAToken() throws IOException {
        cluster.accounts().expireTokens();
        assertThat(client.get(RECURSIVE).status()).isEqualTo(401);
    }
}
