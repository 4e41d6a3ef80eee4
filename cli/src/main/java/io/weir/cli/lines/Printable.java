package io.weir.cli.lines;

/** Text for terminals: control characters become {@code ?}, so that a file's name cannot steer them. */
public final class Printable {
    private Printable() {}

    /** The text, without what is none. */
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
