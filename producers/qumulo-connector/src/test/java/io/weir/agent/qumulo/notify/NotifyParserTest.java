package io.weir.agent.qumulo.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.qumulo.notify.NotifyLine.Events;
import io.weir.agent.qumulo.notify.NotifyLine.Lost;
import io.weir.agent.qumulo.notify.NotifyLine.Nothing;
import io.weir.agent.qumulo.notify.NotifyLine.Watching;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyParserTest {
    private final NotifyParser parser = new NotifyParser();

    @Test
    void anEventAsClustersSendIt() {
        assertThat(events(
                        "data: [{\"type\":\"child_file_added\",\"spine\":[\"2\",\"10003\",\"5007655\",\"1459590167\"],"
                                + "\"path\":\"home/joe/fff2\",\"stream_name\":null}]"))
                .containsExactly(new NotifyEvent(
                        "child_file_added", "home/joe/fff2", List.of("2", "10003", "5007655", "1459590167"), null));
    }

    @Test
    void severalEventsInTheirOrderAndAStream() {
        List<NotifyEvent> events =
                events("data:[{\"path\":\"a\",\"type\":\"child_stream_added\",\"stream_name\":\"Zone\","
                        + "\"spine\":[\"2\",\"7\"]} , {\"type\":\"self_removed\",\"path\":\"\",\"spine\":[2,9]}]");
        assertThat(events).extracting(NotifyEvent::type).containsExactly("child_stream_added", "self_removed");
        assertThat(events).extracting(NotifyEvent::stream).containsExactly("Zone", null);
        assertThat(events).extracting(NotifyEvent::fileId).containsExactly("7", "9");
    }

    @Test
    void unknownKeysAndTypesAreTakenAndAMissingSpine() {
        assertThat(events("data: [{\"type\":\"child_sharpened\",\"new\":{\"deep\":[1,{}]},\"path\":\"x\"}]\r"))
                .containsExactly(new NotifyEvent("child_sharpened", "x", List.of(), null));
    }

    @Test
    void pathsHaveNoSlashesAtTheirEnds() {
        assertThat(events("data: [{\"type\":\"child_dir_added\",\"path\":\"/a/b/\"},{\"type\":\"t\",\"path\":\"/\"}]"))
                .extracting(NotifyEvent::path)
                .containsExactly("a/b", "");
    }

    @Test
    void namesMayHaveAnythingInThem() {
        assertThat(events("data: [{\"type\":\"t\",\"path\":\"a\\nb\\u0000\\ud83d\\ude00\\\"/é\"}]"))
                .extracting(NotifyEvent::path)
                .containsExactly("a\nb\0\uD83D\uDE00\"/é");
    }

    @ParameterizedTest
    @ValueSource(strings = {": watching", ":watching /v1/files/2", ": watching\r"})
    void theWatchIsSet(String line) {
        assertThat(parser.parse(line)).isInstanceOf(Watching.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r", ": keepalive", ":", "event: message", "id: 7", "retry: 100"})
    void nothingButASignOfLife(String line) {
        assertThat(parser.parse(line)).isInstanceOf(Nothing.class);
    }

    @Test
    void theClusterSaysThatEventsWereLost() {
        assertThat(parser.parse(
                        "data: {\"error_class\":\"fs_watcher_missed_events_error\",\"description\":\"too slow\"}"))
                .isInstanceOfSatisfying(
                        Lost.class, lost -> assertThat(lost.why()).contains("too slow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: missed",
                "data: [{\"type\":\"child_file_added\",\"path\":\"a\"",
                "data: [1]",
                "data: [{\"type\":7,\"path\":\"a\"}]",
                "data: [{\"path\":\"a\"}]",
                "data: [{\"type\":\"t\"}]",
                "data: [] []",
                "data:",
                "<html>",
            })
    void whatCannotBeUnderstoodMayBeALoss(String line) {
        assertThat(parser.parse(line)).isInstanceOf(Lost.class);
    }

    @Test
    void aFileMayBeNamedAfterTheError() {
        assertThat(events("data: [{\"type\":\"child_file_added\",\"path\":\"missed_events\"}]"))
                .hasSize(1);
    }

    private List<NotifyEvent> events(String line) {
        NotifyLine parsed = parser.parse(line);
        assertThat(parsed).isInstanceOf(Events.class);
        return ((Events) parsed).events();
    }
}
