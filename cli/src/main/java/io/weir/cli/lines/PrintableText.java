package io.weir.cli.lines;

/** Text for a terminal. */
public final class PrintableText {
    private PrintableText() {}

    /** With {@code ?} for control characters and halves of characters, so that a file's name cannot steer the terminal. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alone = Character.isSurrogate(c) && !isPaired(text, i);
            printable.append(alone || Character.isISOControl(c) ? '?' : c);
        }
        return printable.toString();
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
