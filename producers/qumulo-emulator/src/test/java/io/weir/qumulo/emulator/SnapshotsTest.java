package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.emulator.settings.Privileges;
import io.weir.qumulo.emulator.tree.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots and what changed between them, through the API. */
class SnapshotsTest extends EmulatorTest {
    private static final String ALL = "/v3/snapshots/";

    private long take() throws IOException {
        return client.post(ALL, "{\"name_suffix\":\"conn\",\"expiration\":\"\",\"source_file_id\":\"2\"}")
                .json()
                .get("id")
                .asLong();
    }

    private List<String> changes(long newer, long older, String query) throws IOException {
        var changes = new ArrayList<String>();
        String next = "/v2/snapshots/" + newer + "/changes-since/" + older + query;
        while (!next.isEmpty()) {
            JsonNode page = client.get(next).json();
            page.get("entries")
                    .forEach(entry -> changes.add(
                            entry.get("op").asText() + " " + entry.get("path").asText()));
            next = page.get("paging").get("next").asText();
        }
        return changes;
    }

    @Test
    void aSnapshotIsNamedByItsIdAndWhatWasAskedFor() throws IOException {
        JsonNode json = client.post(
                        ALL,
                        "{\"name_suffix\":\"conn\",\"expiration\":\"2100-12-31T00:00:00Z\",\"source_file_id\":\"2\"}")
                .json();
        assertThat(json.get("id").isNumber()).isTrue();
        assertThat(json.get("name").asText()).isEqualTo(json.get("id").asText() + "_conn");
        assertThat(json.get("expiration").asText()).isEqualTo("2100-12-31T00:00:00Z");
        assertThat(json.get("in_delete").asBoolean()).isFalse();
        assertThat(client.get(ALL + json.get("id").asText()).json()).isEqualTo(json);
    }

    @Test
    void whatNeverExpiresIsShownInTheFormOfTheVersion() throws IOException {
        long id = take();
        assertThat(client.get(ALL + id).json().get("expiration").isNull()).isTrue();
        assertThat(client.get("/v2/snapshots/" + id).json().get("expiration").asText("?"))
                .isEmpty();
    }

    @Test
    void expirationIsSetLaterAndTakesTheSnapshotAway() throws IOException {
        long id = take();
        String in = cluster.clock().instant().plusSeconds(60).toString();
        client.send("PATCH", ALL + id, "{\"expiration\":\"" + in + "\"}");
        assertThat(cluster.snapshots().remaining()).hasSize(1);
        cluster.clock().advance(Duration.ofMinutes(1));
        assertThat(client.get(ALL + id).status()).isEqualTo(404);
        assertThat(cluster.snapshots().remaining()).isEmpty();
    }

    @Test
    void aDeletedSnapshotIsListedForAWhile() throws IOException {
        cluster.switches().snapshotDeletion(Duration.ofHours(1));
        long kept = take();
        long deleted = take();
        assertThat(client.send("DELETE", ALL + deleted, null).status()).isEqualTo(202);
        assertThat(listed("")).containsExactly(kept, deleted);
        assertThat(listed("?filter=exclude_in_delete")).containsExactly(kept);
        assertThat(listed("?filter=only_in_delete")).containsExactly(deleted);
        assertThat(client.get(ALL + deleted).json().get("in_delete").asBoolean())
                .isTrue();
        assertThat(cluster.snapshots().remaining()).extracting(Snapshot::id).containsExactly(kept);
        cluster.clock().advance(Duration.ofHours(1));
        assertThat(listed("")).containsExactly(kept);
    }

    private List<Long> listed(String query) throws IOException {
        var ids = new ArrayList<Long>();
        client.get(ALL + query)
                .json()
                .get("entries")
                .forEach(entry -> ids.add(entry.get("id").asLong()));
        return ids;
    }

    @Test
    void changesAreTheNetDifference() throws IOException {
        tree.createFile("/in/a.txt");
        tree.createFile("/in/same");
        tree.createDirectory("/old");
        tree.createFile("/old/below");
        long older = take();
        tree.rename("/in/a.txt", "/in/b.txt");
        tree.createDirectory("/new");
        tree.createFile("/new/below");
        tree.deleteTree("/old");
        tree.createFile("/in/passing");
        tree.delete("/in/passing");
        long newer = take();
        assertThat(changes(newer, older, ""))
                .containsExactly(
                        "MODIFY /",
                        "MODIFY /in/",
                        "DELETE /in/a.txt",
                        "CREATE /in/b.txt",
                        "CREATE /new/",
                        "DELETE /old/");
        assertThat(changes(newer, older, "?limit=1")).hasSize(6);
    }

    @Test
    void whatNoStreamHasSeenIsInTheDifference() throws IOException {
        long checkpoint = take();
        client.watchAll().close();
        tree.createFile("/in/missed");
        try (Stream stream = client.watchAll()) {
            assertThat(changes(take(), checkpoint, "")).containsExactly("MODIFY /in/", "CREATE /in/missed");
            tree.createFile("/in/seen");
            assertThat(stream.events()).containsExactly("child_file_added in/seen");
        }
    }

    @Test
    void changesOfDataAndAttributesAreTold() throws IOException {
        for (String name : List.of("data", "mode", "read")) {
            tree.createFile("/in/" + name);
        }
        long older = take();
        tree.write("/in/data", bytes("x"));
        tree.change("/in/mode", change -> change.mode(0600));
        tree.access("/in/read");
        assertThat(changes(take(), older, "")).containsExactly("MODIFY /in/data", "MODIFY /in/mode");
    }

    @Test
    void aHardLinkIsANewNameOfAnOldFile() throws IOException {
        tree.createFile("/in/a");
        long older = take();
        tree.link("/in/a", "/done", "b");
        long linked = take();
        assertThat(changes(linked, older, "")).containsExactly("MODIFY /done/", "CREATE /done/b");
        tree.write("/in/a", bytes("x"));
        assertThat(changes(take(), linked, "")).containsExactly("MODIFY /done/b", "MODIFY /in/a");
    }

    @Test
    void aMovedDirectoryIsTwoEntriesWhateverHappenedBelow() throws IOException {
        tree.createDirectories("/in/d/e");
        tree.createFile("/in/d/e/f");
        long older = take();
        tree.write("/in/d/e/f", bytes("x"));
        tree.rename("/in/d", "/done/d");
        tree.createFile("/done/d/e/g");
        assertThat(changes(take(), older, ""))
                .containsExactly("MODIFY /done/", "CREATE /done/d/", "MODIFY /in/", "DELETE /in/d/");
    }

    @Test
    void anEntryReplacedByAnotherIsGoneAndNew() throws IOException {
        tree.createFile("/in/a");
        long older = take();
        tree.delete("/in/a");
        tree.createDirectory("/in/a");
        assertThat(changes(take(), older, "")).containsExactly("MODIFY /in/", "DELETE /in/a", "CREATE /in/a/");
    }

    @Test
    void theSnapshotOfADirectoryCoversNothingElse() throws IOException {
        Snapshot older = cluster.snapshots().take("/in", "x", null);
        tree.createFile("/in/a");
        tree.createFile("/done/b");
        Snapshot newer = cluster.snapshots().take("/in", "x", null);
        assertThat(changes(newer.id(), older.id(), "")).containsExactly("MODIFY /in/", "CREATE /in/a");
        assertThat(client.get("/v2/snapshots/" + newer.id() + "/changes-since/" + take())
                        .status())
                .as("of different directories")
                .isEqualTo(404);
    }

    @Test
    void filesAreReadAsTheyWere() throws IOException {
        tree.createFile("/in/f");
        tree.write("/in/f", bytes("old"));
        String id = id("/in/f");
        long snapshot = take();
        tree.write("/in/f", bytes("newer"));
        tree.rename("/in/f", "/done/g");
        String query = "?snapshot=" + snapshot;
        assertThat(client.get(Client.file("/in/f") + "/data" + query).text()).isEqualTo("old");
        JsonNode attributes =
                client.get("/v1/files/" + id + "/info/attributes" + query).json();
        assertThat(attributes.get("path").asText()).isEqualTo("/in/f");
        assertThat(attributes.get("size").asText()).isEqualTo("3");
        assertThat(client.get(Client.file("/in") + "/entries/" + query).json().get("files"))
                .hasSize(1);
        assertThat(client.post("/v1/files/resolve" + query, "[\"" + id + "\"]").text())
                .contains("/in/f");
        assertThat(client.get(Client.file("/done/g") + "/info/attributes" + query)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatASnapshotDoesNotCoverIsReadLiveWithoutAWord() throws IOException {
        long snapshot = cluster.snapshots().take("/in", "x", null).id();
        tree.createFile("/in/f");
        tree.createFile("/done/f");
        String query = "/info/attributes?snapshot=" + snapshot;
        assertThat(client.get(Client.file("/done/f") + query).status()).isEqualTo(200);
        assertThat(client.get(Client.file("/in/f") + query).status()).isEqualTo(404);
    }

    @Test
    void eachCallNeedsItsPrivilege() throws IOException {
        long older = take();
        long newer = take();
        String changes = "/v2/snapshots/" + newer + "/changes-since/" + older;
        cluster.accounts().withdraw(Privileges.SNAPSHOT_DIFFERENCE_READ);
        assertThat(client.get(changes).status()).isEqualTo(403);
        cluster.accounts().withdraw(Privileges.SNAPSHOT_WRITE);
        assertThat(client.post(ALL, "{}").status()).isEqualTo(403);
        assertThat(client.send("DELETE", ALL + newer, null).status()).isEqualTo(403);
        assertThat(client.get(ALL).status()).isEqualTo(200);
        cluster.accounts().withdraw(Privileges.SNAPSHOT_READ);
        assertThat(client.get(ALL).status()).isEqualTo(403);
    }
}
