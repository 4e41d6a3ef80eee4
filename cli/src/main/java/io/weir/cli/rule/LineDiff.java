package io.weir.cli.rule;

import java.util.ArrayList;
import java.util.List;

/** The differences of two texts line by line, in the form of {@code diff -u}: with three equal lines around each. */
final class LineDiff {
    private static final int CONTEXT = 3;

    private final List<String> before;
    private final List<String> after;
    private final List<Edit> edits = new ArrayList<>();

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /**
     * A line of either text or both.
     *
     * @param sign {@code ' '}, {@code '-'} or {@code '+'}
     * @param beforeLine how many lines of the first text lie before it
     * @param afterLine how many lines of the second text lie before it
     */
    private record Edit(char sign, String text, int beforeLine, int afterLine) {}

    /** The hunks, each with its head; nothing if the texts are equal. */
    static List<String> of(String before, String after) {
        LineDiff diff = new LineDiff(lines(before), lines(after));
        diff.compare();
        return diff.hunks();
    }

    private static List<String> lines(String text) {
        return text.strip().lines().toList();
    }

    /** By the longest common subsequence; rules are short, so its table may have the product of the lengths. */
    private void compare() {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                edits.add(new Edit(' ', before.get(i), i++, j++));
            } else if (i < before.size() && (j == after.size() || common[i + 1][j] >= common[i][j + 1])) {
                edits.add(new Edit('-', before.get(i), i++, j));
            } else {
                edits.add(new Edit('+', after.get(j), i, j++));
            }
        }
    }

    private List<String> hunks() {
        List<String> out = new ArrayList<>();
        int at = nextChange(0);
        while (at < edits.size()) {
            int from = Math.max(0, at - CONTEXT);
            int last = at;
            for (int next = nextChange(at + 1); next < edits.size(); next = nextChange(next + 1)) {
                if (next - last > 2 * CONTEXT) {
                    break;
                }
                last = next;
            }
            hunk(edits.subList(from, Math.min(edits.size(), last + CONTEXT + 1)), out);
            at = nextChange(last + 1);
        }
        return out;
    }

    private int nextChange(int from) {
        int at = from;
        while (at < edits.size() && edits.get(at).sign() == ' ') {
            at++;
        }
        return at;
    }

    private static void hunk(List<Edit> hunk, List<String> out) {
        long removed = hunk.stream().filter(edit -> edit.sign() != '+').count();
        long added = hunk.stream().filter(edit -> edit.sign() != '-').count();
        out.add("@@ -" + range(hunk.get(0).beforeLine(), removed) + " +"
                + range(hunk.get(0).afterLine(), added) + " @@");
        hunk.forEach(edit -> out.add(edit.sign() + edit.text()));
    }

    private static String range(int linesBefore, long count) {
        return (count == 0 ? linesBefore : linesBefore + 1) + "," + count;
    }
}
