package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.brics.automaton.Automaton;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    private static final long SEED = Long.getLong("weir.seed", 1L);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /a/**        | /a/b         | yes
            /a/**        | /a/b/c       | yes
            /a/**        | /a           | no
            /a/**        | /ab/c        | no
            /a/*         | /a/b         | yes
            /a/*         | /a/b/c       | no
            /a/**/c      | /a/c         | yes
            /a/**/c      | /a/b/b/c     | yes
            /a/**/c      | /a/b/cc      | no
            /**/*.zip    | /x.zip       | yes
            **/*.zip     | /a/x.zip     | yes
            **/*.zip     | /x.zip       | yes
            /**          | /            | no
            **           | /a           | yes
            *.tmp?       | x.tmp1       | yes
            *.tmp?       | x.tmp        | no
            *.TMP        | x.tmp        | no
            /{a,b/c}/x   | /b/c/x       | yes
            /{a,b{1,2}}  | /b2          | yes
            /{a,b{1,2}}  | /b           | no
            /a{,/**}     | /a           | yes
            /a{,/**}     | /a/b         | yes
            [a-c]?       | b1           | yes
            [!a-c]?      | b1           | no
            [^a-c]?      | d1           | yes
            a[!x]b       | a/b          | no
            \\*          | *            | yes
            \\*          | a            | no
            [\\]]        | ]            | yes
            [a-]         | -            | yes
            a,b          | a,b          | yes
            ?            | 😀           | yes
            ??           | 😀           | no
            [😀-😎]      | 😃           | yes
            /**/a/**/b/* | /x/a/y/b/b/z | yes
            """)
    void matches(String glob, String text, String expected) {
        assertThat(Glob.compile(glob).matches(text)).isEqualTo(expected.equals("yes"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            a**b      | glob 'a**b': '**' must stand alone between slashes, as in /a/**/b or /a/**; within a name write '*'
            /a/***    | glob '/a/***': '**' must stand alone between slashes, as in /a/**/b or /a/**; within a name write '*'
            a{b       | glob 'a{b': '{' without '}'; write \\{ for the character itself
            a}b       | glob 'a}b': '}' without '{'; write \\} for the character itself
            [a        | glob '[a': '[' without ']'; write \\[ for the character itself
            []        | glob '[]': empty [...]; write \\[ for the character itself
            [z-a]     | glob '[z-a]': the range in [...] goes backwards; expected the lesser character first
            [/]       | glob '[/]': '/' in [...]; a class is about one character of a name
            a\\       | glob 'a\\': '\\' at the end; write \\\\ for the character itself
            """)
    void saysWhatIsWrong(String glob, String message) {
        assertThatThrownBy(() -> Glob.compile(glob))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesGlobsThatWouldGrowTooLarge() {
        assertThatThrownBy(() -> Glob.compile("{a,b}".repeat(9)))
                .hasMessageEndingWith("more than 256 alternatives; use fewer braces");
        assertThatThrownBy(() -> Glob.compile("{a}".repeat(2000)))
                .hasMessageEndingWith("6000 characters; expected at most 4096");
    }

    @Test
    void quotedTextMatchesJustItself() {
        String text = "/a*b?[c]{d,e}!\\/**/\uDC80\n~";
        Glob glob = Glob.compile(Glob.quote(text));
        assertThat(glob.matches(text)).isTrue();
        assertThat(glob.hints().get(0).literal()).contains(text);
    }

    @Test
    void matchesAStretchOfALongerText() {
        Glob glob = Glob.compile("b*");
        assertThat(glob.matches("/a/bcd", 3, 6)).isTrue();
        assertThat(glob.matches("/a/bc/d", 3, 5)).isTrue();
        assertThat(glob.matches("/a/bcd", 2, 6)).isFalse();
    }

    @Test
    void hostilePatternsTakeNoTime() {
        Glob glob = Glob.compile("/**/*a*a*a*a*a*a*a*a*a*a*b");
        long before = System.nanoTime();
        assertThat(glob.matches("/" + "a".repeat(4000))).isFalse();
        assertThat(glob.matches("/a".repeat(2000))).isFalse();
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
    }

    @Test
    void agreesWithRegularExpressions() {
        Random random = new Random(SEED);
        int matched = 0;
        for (int i = 0; i < 50_000; i++) {
            String[] pattern = pattern(random);
            String text = text(random);
            boolean expected = Pattern.matches(pattern[1], text);
            assertThat(Glob.compile(pattern[0]).matches(text))
                    .as("seed %d: glob %s, text %s", SEED, pattern[0], text)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(2_000);
    }

    @Test
    void languageHasWhatMatchesAndNothingElse() {
        Random random = new Random(SEED);
        int matched = 0;
        for (int i = 0; i < 5_000; i++) {
            Glob glob = Glob.compile(pattern(random)[0]);
            Automaton language = GlobLanguage.of(glob);
            for (int j = 0; j < 10; j++) {
                String text = text(random);
                boolean expected = glob.matches(text);
                assertThat(language.run(text))
                        .as("seed %d: glob %s, text %s", SEED, glob, text)
                        .isEqualTo(expected);
                matched += expected ? 1 : 0;
            }
        }
        assertThat(matched).isGreaterThan(2_000);
    }

    private static String[] pattern(Random random) {
        StringBuilder glob = new StringBuilder();
        StringBuilder regex = new StringBuilder();
        int segments = 1 + random.nextInt(3);
        for (int i = 0; i < segments; i++) {
            boolean last = i == segments - 1;
            glob.append('/');
            regex.append('/');
            if (random.nextInt(3) == 0) {
                glob.append(last ? "**" : "**/");
                regex.append(last ? ".+" : "(?:[^/]+/)*");
                if (last) {
                    break;
                }
            }
            segment(random, glob, regex);
        }
        return new String[] {glob.toString(), regex.toString()};
    }

    private static void segment(Random random, StringBuilder glob, StringBuilder regex) {
        int steps = 1 + random.nextInt(3);
        boolean star = false;
        for (int i = 0; i < steps; i++) {
            int kind = random.nextInt(star ? 4 : 5);
            star = kind == 4;
            glob.append(new String[] {"a", "?", "[!a]", i == 0 ? "{b,aa}" : "b", "*"}[kind]);
            regex.append(new String[] {"a", "[^/]", "[^a/]", i == 0 ? "(?:b|aa)" : "b", "[^/]*"}[kind]);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int segments = 1 + random.nextInt(4);
        for (int i = 0; i < segments; i++) {
            text.append('/');
            int length = 1 + random.nextInt(4);
            for (int j = 0; j < length; j++) {
                text.append("aab".charAt(random.nextInt(3)));
            }
        }
        return text.toString();
    }
}
