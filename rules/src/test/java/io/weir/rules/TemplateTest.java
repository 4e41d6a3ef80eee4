package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import dk.brics.automaton.BasicOperations;
import io.weir.rules.index.Generated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final long SEED = Long.getLong("weir.seed", 1L);

    private static final TestEvent EVENT = TestEvent.of(Map.of(
            "type", "moved",
            "volume", "inbox",
            "path", "/in/a.tar.gz",
            "previous-path", "/tmp/a",
            "size", "1234",
            "owner", "ann",
            "group", "staff",
            "host", "nas1"));

    private static String fill(String template, EventView event) {
        return Template.parse(template).fill(event, "r1", Escape.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {event.path}                    | /in/a.tar.gz
            {event.name}                    | a.tar.gz
            {event.stem}                    | a.tar
            {event.extension}               | gz
            {event.directory}               | /in
            {event.type}                    | moved
            {event.volume}                  | inbox
            {event.size}                    | 1234
            {event.owner}:{event.group}     | ann:staff
            {event.previous-path}           | /tmp/a
            {event.host}                    | nas1
            {rule.id}                       | r1
            {time:yyyy-MM-dd}               | 2026-03-04
            {time:HH:mm:ss}                 | 05:06:07
            {{event.path}}                  | {event.path}
            a}}b{{c                         | a}b{c
            plain                           | plain
            """)
    void fillsIn(String template, String expected) {
        assertThat(fill(template, EVENT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /in/a.txt    | /in/a-x.txt
            /in/a.tar.gz | /in/a.tar-x.gz
            /in/Makefile | /in/Makefile-x
            /in/.bashrc  | /in/.bashrc-x
            /in/.a.yml   | /in/.a-x.yml
            /in/a.       | /in/a.-x
            /top.txt     | /top-x.txt
            /top         | /top-x
            """)
    void namesComeOutAsOneMeansThem(String path, String expected) {
        assertThat(fill("{event.directory}/{event.stem}-x.{event.extension}", TestEvent.at(path)))
                .isEqualTo(expected);
    }

    @Test
    void whatTheEventDoesNotHaveIsEmpty() {
        assertThat(fill("[{event.size}{event.owner}{event.group}{event.previous-path}]", TestEvent.at("/a")))
                .isEqualTo("[]");
    }

    @Test
    void saysAllThatIsWrong() {
        assertThatThrownBy(() -> Template.parse("{event.pth} {event.size {x}} }"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown placeholder 'event.pth': expected one of event.path, event.name,")
                .hasMessageContaining("did you mean 'event.path'?")
                .hasMessageContaining("unknown placeholder 'event.size {x'")
                .hasMessageContaining("'}' without '{': write }} for the character itself");
        assertThat(Template.faults("a {b")).containsExactly("'{' without '}': write {{ for the character itself");
        assertThat(Template.faults("{time:yyyy-bb}"))
                .containsExactly("bad time pattern 'yyyy-bb': expected one such as yyyy-MM-dd or HH.mm.ss");
        assertThat(Template.faults("{time:}")).hasSize(1);
        assertThat(Template.faults("{event.path}")).isEmpty();
    }

    @Test
    void aQuotedTextStandsForItself() {
        assertThat(fill(Template.quote("a{b}}c"), EVENT)).isEqualTo("a{b}}c");
    }

    @Test
    void valuesBringNoSlashesAndDotsIntoPaths() {
        TestEvent event = TestEvent.of(Map.of("path", "/in/..x", "owner", "DOM/ann", "host", "..", "group", "."));
        Template template = Template.parse(
                "{event.directory}/{event.owner}/{event.host}/{event.group}/{event.stem}/{time:yyyy/MM}");
        assertThat(template.fill(event, "r1", Escape.PATH_SEGMENT)).isEqualTo("/in/DOM_ann/__/_/_/2026/03");
    }

    @Test
    void knowsWhetherItHasPlaceholders() {
        assertThat(Template.parse("/a").hasPlaceholders()).isFalse();
        assertThat(Template.parse("/{rule.id}").hasPlaceholders()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{event.path}",
                "{event.directory}/x",
                "/q{event.path}.1",
                "{event.directory}/{event.stem}-x.{event.extension}",
                "/by-owner/{event.owner}/{event.name}",
                "/{time:yyyy/MM}/{rule.id}/{event.name}",
                "{event.previous-path}.old",
                "/a{{b}}/{event.size}",
            })
    void languageHasAllThatItGives(String text) {
        Template template = Template.parse(text);
        Random random = new Random(SEED);
        Generated generated = new Generated(random);
        List<TestEvent> events = new ArrayList<>();
        List<Automaton> paths = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(generated.event());
            paths.add(BasicAutomata.makeString(events.get(i).path()));
        }
        Automaton language = new TemplateLanguage(BasicOperations.union(paths), "r1").of(template);

        for (TestEvent event : events) {
            String result = template.fill(event, "r1", Escape.PATH_SEGMENT);
            assertThat(language.run(result))
                    .as("seed %d: %s from %s", SEED, result, event.path())
                    .isTrue();
        }
        assertThat(language.run("no path")).isFalse();
    }
}
