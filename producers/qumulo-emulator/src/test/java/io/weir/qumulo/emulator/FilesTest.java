package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.emulator.settings.Privileges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files and directories through the API. */
class FilesTest extends EmulatorTest {
    private Client.Reply entry(String directory, String json) throws IOException {
        return client.post(Client.file(directory) + "/entries/", json);
    }

    private JsonNode attributes(String ref) throws IOException {
        return client.get(Client.file(ref) + "/info/attributes").json();
    }

    @Test
    void entriesAreMade() throws IOException {
        JsonNode directory =
                entry("/in", "{\"name\":\"q\",\"action\":\"CREATE_DIRECTORY\"}").json();
        assertThat(directory.get("path").asText()).isEqualTo("/in/q/");
        assertThat(directory.get("type").asText()).isEqualTo("FS_FILE_TYPE_DIRECTORY");
        JsonNode file =
                entry("/in/q", "{\"name\":\"f\",\"action\":\"CREATE_FILE\"}").json();
        assertThat(file.get("path").asText()).isEqualTo("/in/q/f");
        assertThat(file.get("name").asText()).isEqualTo("f");
        assertThat(entry("/in", "{\"name\":\"q\",\"action\":\"CREATE_FILE\"}").errorClass())
                .isEqualTo("fs_entry_exists_error");
    }

    @Test
    void namesHaveToBeNames() throws IOException {
        assertThat(entry("/in", "{\"name\":\"a/b\",\"action\":\"CREATE_FILE\"}").errorClass())
                .isEqualTo("fs_invalid_name_error");
        assertThat(entry("/in", "{\"name\":\"" + "ü".repeat(128) + "\",\"action\":\"CREATE_FILE\"}")
                        .errorClass())
                .isEqualTo("fs_name_size_error");
        assertThat(entry("/in", "{\"name\":\"a\",\"action\":\"CREATE_WHAT\"}").errorClass())
                .isEqualTo("decode_error");
    }

    @Test
    void linksAreMade() throws IOException {
        tree.createFile("/in/f");
        JsonNode link = entry("/done", "{\"name\":\"g\",\"old_path\":\"/in/f\",\"action\":\"CREATE_LINK\"}")
                .json();
        assertThat(link.get("id").asText()).isEqualTo(id("/in/f"));
        assertThat(link.get("num_links").asInt()).isEqualTo(2);
        assertThat(link.get("path").asText()).isEqualTo("/done/g");
        JsonNode symlink = entry("/in", "{\"name\":\"s\",\"old_path\":\"../x\",\"action\":\"CREATE_SYMLINK\"}")
                .json();
        assertThat(symlink.get("type").asText()).isEqualTo("FS_FILE_TYPE_SYMLINK");
        assertThat(entry(
                                "/in",
                                "{\"name\":\"p\",\"unix_file_type\":\"FS_FILE_TYPE_UNIX_PIPE\","
                                        + "\"action\":\"CREATE_UNIX_FILE\"}")
                        .json()
                        .get("type")
                        .asText())
                .isEqualTo("FS_FILE_TYPE_UNIX_PIPE");
    }

    @Test
    void entriesAreMovedAndKeepTheirIds() throws IOException {
        tree.createFile("/in/a.txt");
        String id = id("/in/a.txt");
        String rename = "{\"name\":\"a.txt\",\"old_path\":\"/in/a.txt\",\"action\":\"RENAME\",\"clobber\":%s}";
        assertThat(entry("/done", rename.formatted(false)).json().get("path").asText())
                .isEqualTo("/done/a.txt");
        assertThat(id("/done/a.txt")).isEqualTo(id);
        tree.createFile("/in/a.txt");
        Client.Reply refused = entry("/done", rename.formatted(false));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorClass()).isEqualTo("fs_entry_exists_error");
        assertThat(entry("/done", rename.formatted(true)).status()).isEqualTo(200);
        assertThat(tree.state().find(id)).isEmpty();
        assertThat(tree.state().paths()).containsOnlyKeys("/in/", "/done/", "/done/a.txt");
    }

    @Test
    void aDirectoryDoesNotMoveBelowItself() throws IOException {
        tree.createDirectory("/in/d");
        assertThat(entry("/in/d", "{\"name\":\"x\",\"old_path\":\"/in\",\"action\":\"RENAME\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void attributesAreInTheDocumentedForm() throws IOException {
        tree.createFile("/in/f");
        tree.write("/in/f", bytes("abc"));
        JsonNode json = attributes("/in/f");
        assertThat(json.get("size").textValue()).isEqualTo("3");
        assertThat(json.get("id").textValue()).isEqualTo(id("/in/f"));
        assertThat(json.get("mode").textValue()).isEqualTo("0644");
        assertThat(json.get("num_links").isInt()).isTrue();
        assertThat(json.get("modification_time").textValue()).endsWith("Z");
        assertThat(json.get("data_revision").textValue()).isEqualTo("2");
        assertThat(json.get("owner_details").get("id_value").textValue()).isEqualTo("admin");
        assertThat(attributes("/in").get("path").textValue()).isEqualTo("/in/");
        assertThat(attributes("/in").get("data_revision").isNull()).isTrue();
        assertThat(attributes("2").get("path").textValue()).isEqualTo("/");
    }

    @Test
    void anErrorAboutAnyNameIsJson() throws IOException {
        String name = "a\nb\t\"c\"\\d\u0001";
        Client.Reply reply = client.get(Client.file("/" + name) + "/info/attributes");
        assertThat(reply.json().path("description").asText()).isEqualTo(name);
    }

    @Test
    void whatIsNotThereIsToldByTheLastName() throws IOException {
        Client.Reply reply = client.get(Client.file("/in/nope") + "/info/attributes");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text())
                .isEqualTo("{\"description\":\"nope\",\"module\":\"emulator\",\"error_class\":"
                        + "\"fs_no_such_entry_error\",\"user_visible\":true,\"stack\":[]}");
        assertThat(client.get("/v1/files/99/info/attributes").errorClass()).isEqualTo("fs_no_such_inode_error");
    }

    @Test
    void attributesAreSet() throws IOException {
        tree.createFile("/in/f");
        String target = Client.file("/in/f") + "/info/attributes";
        JsonNode json = client.send(
                        "PATCH",
                        target,
                        "{\"mode\":\"0750\",\"owner_details\":{\"id_type\":\"NFS_UID\",\"id_value\":\"1001\"},"
                                + "\"group\":\"513\",\"size\":\"10\",\"creation_time\":\"2020-01-01T00:00:00Z\","
                                + "\"change_time\":\"2021-01-01T00:00:00.123456789Z\","
                                + "\"extended_attributes\":{\"hidden\":true}}")
                .json();
        assertThat(json).isEqualTo(attributes("/in/f"));
        assertThat(json.get("mode").asText()).isEqualTo("0750");
        assertThat(json.get("owner_details").get("id_value").asText()).isEqualTo("1001");
        assertThat(json.get("size").asText()).isEqualTo("10");
        assertThat(json.get("creation_time").asText()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(json.get("change_time").asText()).isEqualTo("2021-01-01T00:00:00.123456789Z");
        assertThat(json.get("extended_attributes").get("hidden").asBoolean()).isTrue();
        assertThat(client.send("PATCH", target, "{\"mode\":\"999\"}").errorClass())
                .isEqualTo("decode_error");
        assertThat(client.send("PATCH", target, "{\"size\":5}").errorClass()).isEqualTo("decode_error");
    }

    @Test
    void aChangeMayBeBoundToTheStateThatWasSeen() throws IOException {
        tree.createFile("/in/f");
        String target = Client.file("/in/f") + "/info/attributes";
        String tag = client.get(target).tag();
        assertThat(client.send("PATCH", target, "{\"mode\":\"0600\"}", "If-Match", tag)
                        .status())
                .isEqualTo(200);
        Client.Reply late = client.send("PATCH", target, "{\"mode\":\"0640\"}", "If-Match", tag);
        assertThat(late.status()).isEqualTo(412);
        assertThat(client.send("PUT", Client.file("/in/f") + "/data", "x", "If-Match", tag)
                        .status())
                .isEqualTo(412);
        assertThat(tree.state().find("/in/f").orElseThrow().size()).isZero();
    }

    @Test
    void dataIsWrittenAndRead() throws IOException {
        tree.createFile("/in/f");
        String target = Client.file("/in/f") + "/data";
        client.send("PUT", target, "hello world");
        client.send("PATCH", target + "?offset=6", "there");
        assertThat(client.get(target).text()).isEqualTo("hello there");
        assertThat(client.get(target).type()).isEqualTo("application/octet-stream");
        assertThat(client.get(target + "?offset=6&length=3").text()).isEqualTo("the");
        assertThat(client.get(Client.file("/in") + "/data").errorClass()).isEqualTo("fs_not_a_file_error");
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        client.sendBytes("PUT", target, large);
        assertThat(client.get(target).bytes()).isEqualTo(large);
    }

    @Test
    void aPartIsCopiedByTheCluster() throws IOException {
        tree.createFile("/in/f");
        tree.write("/in/f", bytes("hello world"));
        tree.createFile("/done/g");
        JsonNode left = client.post(
                        Client.file("/done/g") + "/copy-chunk",
                        "{\"source_path\":\"/in/f\",\"source_offset\":\"6\",\"target_offset\":\"2\",\"length\":\"3\"}")
                .json();
        assertThat(left.get("length").asText()).isEqualTo("0");
        assertThat(client.get(Client.file("/done/g") + "/data").text()).isEqualTo("\0\0wor");
    }

    @Test
    void entriesAreRemoved() throws IOException {
        tree.createFile("/in/f");
        tree.createFile("/in/g");
        Client.Reply refused = client.send("DELETE", Client.file("/in"), null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorClass()).isEqualTo("fs_directory_not_empty_error");
        assertThat(client.send("DELETE", Client.file("/in/f"), null).status()).isEqualTo(200);
        assertThat(client.send("DELETE", Client.file("/in") + "/entries/g", null)
                        .status())
                .isEqualTo(200);
        assertThat(client.send("DELETE", "/v1/files/" + id("/in"), null).status())
                .isEqualTo(200);
        assertThat(tree.state().paths()).containsOnlyKeys("/done/");
    }

    @Test
    void treesAreRemovedWithAPrivilege() throws IOException {
        tree.createDirectories("/in/a/b");
        tree.createFile("/in/a/b/c");
        String body = "{\"id\":\"" + id("/in/a") + "\"}";
        assertThat(client.post("/v1/tree-delete/jobs/", body).status()).isEqualTo(202);
        assertThat(tree.state().inodeCount()).isEqualTo(3);
        cluster.accounts().withdraw(Privileges.FS_DELETE_TREE_WRITE);
        assertThat(client.post("/v1/tree-delete/jobs/", body).status()).isEqualTo(403);
    }

    @Test
    void listsComeInPages() throws IOException {
        for (int i = 0; i < 5; i++) {
            tree.createFile("/in/ü " + i);
        }
        JsonNode first = client.get(Client.file("/in") + "/entries/?limit=2").json();
        assertThat(first.get("path").asText()).isEqualTo("/in/");
        assertThat(first.get("child_count").asInt()).isEqualTo(5);
        tree.delete("/in/ü 1");
        assertThat(pages(Client.file("/in") + "/entries/?limit=2"))
                .containsExactly("/in/ü 0", "/in/ü 2", "/in/ü 3", "/in/ü 4");
        assertThat(client.get(Client.file("/in") + "/entries/")
                        .json()
                        .get("paging")
                        .get("next")
                        .asText())
                .isEmpty();
    }

    @Test
    void aPageMayHaveFewerThanAskedFor() throws IOException {
        cluster.switches().pageLimit(1);
        assertThat(client.get(Client.file("/") + "/entries/?limit=1000").json().get("files"))
                .hasSize(1);
        assertThat(pages(Client.file("/") + "/entries/?limit=1000")).containsExactly("/done/", "/in/");
    }

    @Test
    void listsMayBeNarrowedByAPattern() throws IOException {
        tree.createFile("/in/a.txt");
        tree.createFile("/in/b.TXT");
        tree.createFile("/in/c.bin");
        assertThat(pages(Client.file("/in") + "/entries/?limit=1&smb-pattern=?.txt"))
                .containsExactly("/in/a.txt", "/in/b.TXT");
    }

    private List<String> pages(String target) throws IOException {
        var paths = new ArrayList<String>();
        String next = target;
        while (!next.isEmpty()) {
            JsonNode page = client.get(next).json();
            page.get("files").forEach(file -> paths.add(file.get("path").asText()));
            next = page.get("paging").get("next").asText();
        }
        return paths;
    }

    @Test
    void whatIsBelowIsCounted() throws IOException {
        tree.createDirectory("/in/d");
        tree.createFile("/in/d/f");
        tree.write("/in/d/f", bytes("abc"));
        JsonNode sums = client.get(Client.file("/") + "/aggregates/").json();
        assertThat(sums.get("total_files").textValue()).isEqualTo("1");
        assertThat(sums.get("total_directories").textValue()).isEqualTo("3");
        assertThat(sums.get("total_capacity").textValue()).isEqualTo("3");
    }

    @Test
    void idsAreResolvedToPaths() throws IOException {
        tree.createFile("/in/f");
        assertThat(client.post("/v1/files/resolve", "[\"2\",\"" + id("/in/f") + "\"]")
                        .text())
                .isEqualTo("[{\"id\":\"2\",\"path\":\"/\"},{\"id\":\"" + id("/in/f") + "\",\"path\":\"/in/f\"}]");
    }

    @Test
    void accessListsAreMadeFromTheModeUntilOneIsSet() throws IOException {
        tree.createFile("/in/f");
        String target = Client.file("/in/f") + "/info/acl";
        JsonNode made = client.get(target).json();
        assertThat(made.get("generated").asBoolean()).isTrue();
        assertThat(made.get("acl").get("aces")).hasSize(3);
        String acl = "{\"control\":[\"PRESENT\"],\"posix_special_permissions\":[],\"aces\":[{\"type\":\"ALLOWED\","
                + "\"flags\":[],\"trustee\":\"500\",\"rights\":[\"READ\"]}]}";
        assertThat(client.send("PUT", target, acl).json().get("acl").toString()).isEqualTo(acl);
        assertThat(client.get(target.replace("/v1/", "/v2/")).text()).isEqualTo(acl);
        assertThat(client.send("PUT", target, acl.replace("\"flags\":[],", "")).errorClass())
                .isEqualTo("decode_error");
        client.send("PATCH", Client.file("/in/f") + "/info/attributes", "{\"mode\":\"0600\"}");
        assertThat(client.get(target).json().get("generated").asBoolean()).isTrue();
    }

    @Test
    void userMetadataIsKeptByTypeAndKey() throws IOException {
        tree.createFile("/in/f");
        String target = Client.file("/in/f") + "/user-metadata/";
        String value = "{\"value\":\"cmVk\"}";
        assertThat(client.post(target + "generic/colour", value).status()).isEqualTo(200);
        assertThat(client.post(target + "GENERIC/colour", value).errorClass())
                .isEqualTo("fs_user_metadata_key_already_exists");
        client.send("PUT", target + "s3/other", value);
        assertThat(client.get(target + "GENERIC/colour").text()).isEqualTo(value);
        assertThat(client.get(target).json().get("entries")).hasSize(2);
        assertThat(client.get(target + "s3/").json().get("entries")).hasSize(1);
        assertThat(attributes("/in/f").get("user_metadata_revision").asText()).isEqualTo("2");
        assertThat(client.send("DELETE", target + "generic/colour", null).status())
                .isEqualTo(200);
        assertThat(client.get(target + "generic/colour").status()).isEqualTo(404);
        assertThat(client.send("PUT", target + "generic/x", "{\"value\":\"?\"}").errorClass())
                .isEqualTo("decode_error");
    }
}
