package io.weir.rules.condition;

/**
 * How large a regular expression is once its counted repetitions are written out: the number of characters, classes and
 * operators. It is known before the expression is compiled, which for {@code ((x{1000}){1000}){1000}} would take all memory.
 * Of what is no expression any number comes out; the compiler finds that.
 */
final class RegexSize {
    /** Beyond it sizes are all the same. */
    private static final long MOST = 1L << 40;

    private final String text;
    private int at;

    private RegexSize(String text) {
        this.text = text;
    }

    static long of(String text) {
        RegexSize size = new RegexSize(text);
        long sum = 0;
        while (size.at < text.length()) {
            sum += size.group();
            size.at++; // a bracket too many
        }
        return Math.min(MOST, sum);
    }

    /** Up to the closing bracket or the end. */
    private long group() {
        long sum = 0;
        while (at < text.length() && text.charAt(at) != ')') {
            long one = atom();
            sum = Math.min(MOST, sum + one * repeats());
        }
        return sum;
    }

    private long atom() {
        char c = text.charAt(at++);
        if (c == '(') {
            long inner = group();
            at++;
            return Math.max(1, inner);
        }
        if (c == '\\') {
            escape();
        } else if (c == '[') {
            characterClass();
        }
        return 1;
    }

    private void escape() {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        if (c == 'Q') {
            return; // what is quoted is counted as it stands
        }
        if ((c == 'p' || c == 'P' || c == 'x') && at < text.length() && text.charAt(at) == '{') {
            at = end('}');
        }
    }

    private void characterClass() {
        at++; // the first character, even if it is the bracket
        while (at < text.length() && text.charAt(at) != ']') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** How often what stands before is written out. */
    private long repeats() {
        long times = 1;
        while (at < text.length() && text.charAt(at) == '{') {
            int end = end('}');
            long most = 1;
            for (String number :
                    text.substring(at + 1, Math.max(at + 1, end - 1)).split(",", -1)) {
                if (!number.matches("[0-9]{1,9}")) {
                    continue;
                }
                most = Math.max(most, Long.parseLong(number));
            }
            times = Math.min(MOST, times * most);
            at = end;
        }
        return times;
    }

    /** Behind the next such character. */
    private int end(char c) {
        int found = text.indexOf(c, at);
        return found < 0 ? text.length() : found + 1;
    }
}
