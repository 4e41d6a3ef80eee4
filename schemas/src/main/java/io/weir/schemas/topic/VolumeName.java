package io.weir.schemas.topic;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of volumes: {@code [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?}, so that they fit into topic names without collisions. */
public final class VolumeName {
    private static final Pattern VALID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private VolumeName() {}

    public static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }

    /**
     * Returns the name.
     *
     * @throws IllegalArgumentException if it is not a valid volume name
     */
    public static String requireValid(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("volume name='" + name
                    + "': expected 1 to 63 of a-z, 0-9 and '-', not beginning or ending with '-'; try '"
                    + from(name) + "'");
        }
        return name;
    }

    /** The nearest valid name: lower-cased, other characters as {@code -}; {@code volume} if nothing is left. */
    public static String from(String text) {
        String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        name = name.substring(0, Math.min(63, name.length())).replaceAll("^-+|-+$", "");
        return name.isEmpty() ? "volume" : name;
    }
}
