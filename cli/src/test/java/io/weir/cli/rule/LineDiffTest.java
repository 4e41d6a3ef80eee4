package io.weir.cli.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Test
    void equalTextsHaveNoDifferences() {
        assertThat(LineDiff.of("a\nb\n", "a\nb")).isEmpty();
        assertThat(LineDiff.of("", "")).isEmpty();
    }

    @Test
    void changesHaveThreeLinesAround() {
        assertThat(LineDiff.of("1\n2\n3\n4\nold\n5\n6\n7\n8\n", "1\n2\n3\n4\nnew\n5\n6\n7\n8\n"))
                .containsExactly("@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-old", "+new", " 5", " 6", " 7");
    }

    @Test
    void changesFarApartAreHunksOfTheirOwn() {
        assertThat(LineDiff.of("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "1\n2\n3\n4\n5\n6\n7\nb\nc\n"))
                .containsExactly("@@ -1,4 +1,3 @@", "-a", " 1", " 2", " 3", "@@ -7,3 +6,4 @@", " 6", " 7", " b", "+c");
    }

    @Test
    void whatIsNewOrGoneIsOneHunk() {
        assertThat(LineDiff.of("", "a\nb\n")).containsExactly("@@ -0,0 +1,2 @@", "+a", "+b");
        assertThat(LineDiff.of("a\nb\n", "")).containsExactly("@@ -1,2 +0,0 @@", "-a", "-b");
    }
}
