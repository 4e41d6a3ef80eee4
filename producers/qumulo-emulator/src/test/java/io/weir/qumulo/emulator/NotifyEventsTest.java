package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.emulator.notify.NotifyType;
import io.weir.qumulo.emulator.tree.Identity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is told of which action, and to whom. */
class NotifyEventsTest extends EmulatorTest {
    private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");

    @Test
    void aNewFileIsToldAsTheDocumentsShowIt() throws IOException {
        tree.createDirectories("/home/joe");
        try (Stream stream = client.watchAll()) {
            tree.createFile("/home/joe/fff2");
            assertThat(stream.line())
                    .isEqualTo("data: [{\"type\":\"child_file_added\",\"spine\":[\"2\",\"" + id("/home") + "\",\""
                            + id("/home/joe") + "\",\"" + id("/home/joe/fff2")
                            + "\"],\"path\":\"home/joe/fff2\",\"stream_name\":null}]");
            assertThat(stream.line()).isEmpty();
        }
    }

    @Test
    void eachOfThe24TypesIsTold() throws IOException {
        Set<String> seen = new HashSet<>();
        tree.createDirectory("/in/watched");
        try (Stream all = client.watchAll();
                Stream watched = client.watch("/in/watched", "recursive=true")) {
            int arrays = doEverything();
            for (int i = 0; i < arrays; i++) {
                for (JsonNode event : all.array()) {
                    seen.add(event.get("type").asText());
                }
            }
            seen.add(watched.array().get(0).get("type").asText());
        }
        assertThat(seen).hasSize(24);
        for (NotifyType type : NotifyType.values()) {
            assertThat(seen).contains(type.wireName());
        }
    }

    /** Returns how many actions that were. */
    private int doEverything() {
        tree.createFile("/in/f");
        tree.createDirectory("/in/d");
        tree.write("/in/f", bytes("abc"));
        tree.rename("/in/f", "/done/f");
        tree.rename("/in/d", "/done/d");
        tree.change("/done/f", change -> change.created(PAST).accessed(PAST).modified(PAST));
        tree.change("/done/f", change -> change.flag("hidden", true).mode(0600));
        tree.change("/done/f", change -> change.owner(Identity.uid("7")).group(Identity.gid("8")));
        tree.addStream("/done/f", "s");
        tree.writeStream("/done/f", "s", bytes("abc"));
        tree.renameStream("/done/f", "s", "s2");
        tree.removeStream("/done/f", "s2");
        tree.delete("/done/f");
        tree.delete("/done/d");
        tree.delete("/in/watched");
        return 15;
    }

    @Test
    void eachActionIsOneArray() throws IOException {
        tree.createFile("/in/b.txt");
        try (Stream stream = client.watchAll()) {
            tree.write("/in/b.txt", bytes("abc"));
            assertThat(stream.events())
                    .containsExactly(
                            "child_size_changed in/b.txt",
                            "child_data_written in/b.txt",
                            "child_mtime_changed in/b.txt");
            tree.write("/in/b.txt", bytes("xyz"));
            assertThat(stream.events()).containsExactly("child_data_written in/b.txt", "child_mtime_changed in/b.txt");
            tree.change("/in/b.txt", change -> change.size(1));
            assertThat(stream.events()).containsExactly("child_size_changed in/b.txt", "child_mtime_changed in/b.txt");
            tree.change("/in/b.txt", change -> change.mode(0600));
            assertThat(stream.events()).containsExactly("child_acl_changed in/b.txt");
            tree.change("/in/b.txt", change -> change.owner(Identity.uid("7")));
            assertThat(stream.events()).containsExactly("child_owner_changed in/b.txt", "child_acl_changed in/b.txt");
            tree.rename("/in/b.txt", "/done/a.txt");
            assertThat(stream.events())
                    .containsExactly("child_file_moved_from in/b.txt", "child_file_moved_to done/a.txt");
        }
    }

    @Test
    void whatReplacesAnEntryRemovesItFirst() throws IOException {
        tree.createFile("/in/a");
        tree.createFile("/done/a");
        try (Stream stream = client.watchAll()) {
            tree.rename("/in/a", "/done", "a", true);
            assertThat(stream.events())
                    .containsExactly(
                            "child_file_removed done/a", "child_file_moved_from in/a", "child_file_moved_to done/a");
        }
    }

    @Test
    void aWatchedSubdirectoryHasItsOwnPathsAndSpines() throws IOException {
        tree.createDirectory("/in/sub");
        try (Stream stream = client.watch("/in", "recursive=true")) {
            tree.createFile("/in/sub/f");
            JsonNode event = stream.array().get(0);
            assertThat(event.get("path").asText()).isEqualTo("sub/f");
            assertThat(event.get("spine"))
                    .extracting(JsonNode::asText)
                    .containsExactly(id("/in"), id("/in/sub"), id("/in/sub/f"));
        }
    }

    @Test
    void aMoveInOrOutIsHalfAMove() throws IOException {
        tree.createFile("/done/x");
        try (Stream stream = client.watch("/in", "recursive=true")) {
            tree.rename("/done/x", "/in/x");
            tree.rename("/in/x", "/done/y");
            assertThat(stream.events()).containsExactly("child_file_moved_to x");
            assertThat(stream.events()).containsExactly("child_file_moved_from x");
        }
    }

    @Test
    void aWatchFollowsItsDirectory() throws IOException {
        try (Stream stream = client.watch("/in", "recursive=true")) {
            tree.rename("/in", "/elsewhere");
            tree.createFile("/elsewhere/f");
            assertThat(stream.events()).containsExactly("child_file_added f");
        }
    }

    @Test
    void withoutRecursionOnlyDirectChildrenAreTold() throws IOException {
        tree.createDirectory("/in/sub");
        try (Stream stream = client.watch("/in", "recursive=False")) {
            tree.createFile("/in/sub/f");
            tree.createFile("/in/f");
            assertThat(stream.events()).containsExactly("child_file_added f");
        }
    }

    @Test
    void onlyWhatTheFilterNamesIsTold() throws IOException {
        try (Stream stream = client.watch("/", "recursive=true&filter=child_data_written%2Cchild_dir_added")) {
            tree.createFile("/in/f");
            tree.write("/in/f", bytes("a"));
            tree.createDirectory("/in/d");
            assertThat(stream.events()).containsExactly("child_data_written in/f");
            assertThat(stream.events()).containsExactly("child_dir_added in/d");
        }
    }

    @Test
    void aFileWithTwoNamesIsToldAtBoth() throws IOException {
        tree.createFile("/in/a");
        try (Stream stream = client.watchAll()) {
            tree.link("/in/a", "/done", "b");
            assertThat(stream.events()).containsExactly("child_file_added done/b");
            tree.change("/in/a", change -> change.mode(0600));
            assertThat(stream.events()).containsExactly("child_acl_changed in/a", "child_acl_changed done/b");
            tree.delete("/in/a");
            assertThat(stream.events()).containsExactly("child_file_removed in/a");
        }
    }

    @Test
    void aTreeGoesFromTheBottomUpwardsStepByStep() throws IOException {
        tree.createDirectories("/in/d/e");
        tree.createFile("/in/d/e/f");
        try (Stream stream = client.watchAll()) {
            tree.deleteTree("/in/d");
            assertThat(stream.events()).containsExactly("child_file_removed in/d/e/f");
            assertThat(stream.events()).containsExactly("child_dir_removed in/d/e");
            assertThat(stream.events()).containsExactly("child_dir_removed in/d");
        }
    }

    @Test
    void afterSelfRemovedNothingFollows() throws IOException {
        cluster.switches().endAfterSelfRemoved(true);
        try (Stream stream = client.watch("/in", "recursive=true")) {
            String id = id("/in");
            tree.delete("/in");
            assertThat(stream.line())
                    .isEqualTo("data: [{\"type\":\"self_removed\",\"spine\":[\"" + id
                            + "\"],\"path\":\"\",\"stream_name\":null}]");
            assertThat(stream.rest()).isEqualTo("\n");
        }
    }

    @Test
    void userMetadataAndChangeTimesAreNotTold() throws IOException {
        tree.createFile("/in/f");
        try (Stream stream = client.watchAll()) {
            tree.changeMetadata("/in/f", values -> values.with("GENERIC/k", bytes("v")));
            tree.change("/in/f", change -> change.changed(PAST));
            tree.createFile("/in/end");
            assertThat(stream.events()).containsExactly("child_file_added in/end");
        }
    }

    @Test
    void byASwitchADirectorysNewModificationTimeIsToldToo() throws IOException {
        cluster.switches().parentTimes(true);
        try (Stream stream = client.watchAll()) {
            tree.createFile("/in/f");
            assertThat(stream.events()).containsExactly("child_file_added in/f", "child_mtime_changed in");
        }
    }

    @Test
    void readingIsToldIfAccessTimesAreTracked() throws IOException {
        tree.createFile("/in/f");
        cluster.switches().atimeTracking(true);
        try (Stream stream = client.watchAll()) {
            client.get(Client.file("/in/f") + "/data?skip-atime-update=true");
            client.get(Client.file("/in/f") + "/data");
            client.get(Client.file("/in") + "/entries/");
            assertThat(stream.events()).containsExactly("child_atime_changed in/f");
            assertThat(stream.events()).containsExactly("child_atime_changed in");
        }
    }

    @Test
    void changesThroughTheApiAreToldToo() throws IOException {
        try (Stream stream = client.watchAll()) {
            client.post(Client.file("/in") + "/entries/", "{\"name\":\"f\",\"action\":\"CREATE_FILE\"}");
            client.send("PUT", Client.file("/in/f") + "/data", "abc");
            client.send("PATCH", Client.file("/in/f") + "/info/attributes", "{\"mode\":\"0600\"}");
            client.post(
                    Client.file("/done") + "/entries/",
                    "{\"name\":\"g\",\"old_path\":\"/in/f\",\"action\":\"RENAME\"}");
            client.send("DELETE", Client.file("/done/g"), null);
            assertThat(stream.events()).containsExactly("child_file_added in/f");
            assertThat(stream.events()).hasSize(3);
            assertThat(stream.events()).containsExactly("child_acl_changed in/f");
            assertThat(stream.events()).hasSize(2);
            assertThat(stream.events()).containsExactly("child_file_removed done/g");
        }
    }

    @Test
    void allWatchersSeeTheTreesOwnOrder() throws Exception {
        List<Thread> users = new ArrayList<>();
        var go = new CountDownLatch(1);
        for (int user = 0; user < 4; user++) {
            String name = "/in/u" + user + "-";
            users.add(new Thread(() -> {
                awaitQuietly(go);
                for (int i = 0; i < 200; i++) {
                    tree.createFile(name + i);
                }
            }));
        }
        try (Stream one = client.watchAll();
                Stream two = client.watchAll()) {
            users.forEach(Thread::start);
            go.countDown();
            long last = 0;
            for (int i = 0; i < 800; i++) {
                JsonNode event = one.array().get(0);
                assertThat(two.array().get(0)).isEqualTo(event);
                long id = event.get("spine").get(2).asLong();
                assertThat(id).isGreaterThan(last);
                last = id;
            }
            for (Thread user : users) {
                user.join();
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatHappensWhileNobodyWatchesIsNeverTold() throws IOException {
        client.watchAll().close();
        tree.createFile("/in/missed");
        try (Stream stream = client.watchAll()) {
            tree.createFile("/in/seen");
            assertThat(stream.events()).containsExactly("child_file_added in/seen");
        }
    }
}
