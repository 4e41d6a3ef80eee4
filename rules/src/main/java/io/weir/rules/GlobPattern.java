package io.weir.rules;

import java.util.Optional;

/**
 * A glob without braces, as a list of steps: a character, or one of the negative codes.
 *
 * <p>Matching goes left to right and remembers two places to come back to, the last {@code *} and the last {@code **}.
 * That is enough: {@code *} cannot cross a slash, so once a {@code **} has its place, each segment of the pattern meets
 * one certain segment of the text, and an earlier {@code *} has no say in a later segment; and an earlier {@code **} need
 * not take more than it must, since the later one can take what is left.
 */
final class GlobPattern {
    /** One character but a slash. */
    static final int ANY = -1;
    /** Any number of characters but slashes. */
    static final int STAR = -2;
    /** Any number of directories, each with its slash. */
    static final int DIRECTORIES = -3;
    /** All that is left, at least one character; always last. */
    static final int REST = -4;
    /** Minus the number of the class: one character of it. */
    static final int CLASS = -5;

    private final String text;
    private final int[] steps;
    private final GlobClass[] classes;

    GlobPattern(String text, int[] steps, GlobClass[] classes) {
        this.text = text;
        this.steps = steps;
        this.classes = classes;
    }

    static GlobPattern compile(String alternative, String glob) {
        return new GlobCompiler(alternative, glob).compile();
    }

    int[] steps() {
        return steps;
    }

    GlobClass[] classes() {
        return classes;
    }

    boolean matches(CharSequence t, int from, int to) {
        int step = 0;
        int at = from;
        int starStep = -1;
        int starAt = 0;
        int directoriesStep = -1;
        int directoriesAt = 0;
        while (true) {
            if (step == steps.length) {
                if (at == to) {
                    return true;
                }
            } else {
                int code = steps[step];
                if (code >= 0) {
                    if (at < to && t.charAt(at) == code) {
                        at++;
                        step++;
                        continue;
                    }
                } else if (code == STAR) {
                    starStep = step++;
                    starAt = at;
                    continue;
                } else if (code == DIRECTORIES) {
                    directoriesStep = step++;
                    directoriesAt = at;
                    starStep = -1;
                    continue;
                } else if (code == REST) {
                    if (at < to) {
                        return true;
                    }
                } else if (at < to && t.charAt(at) != '/' && accepts(code, Character.codePointAt(t, at))) {
                    at = next(t, at);
                    step++;
                    continue;
                }
            }
            if (starStep >= 0 && starAt < to && t.charAt(starAt) != '/') {
                starAt = next(t, starAt);
                at = starAt;
                step = starStep + 1;
            } else if (directoriesStep >= 0) {
                directoriesAt = afterSlash(t, directoriesAt, to);
                if (directoriesAt < 0) {
                    return false;
                }
                at = directoriesAt;
                step = directoriesStep + 1;
                starStep = -1;
            } else {
                return false;
            }
        }
    }

    private boolean accepts(int code, int character) {
        return code == ANY || classes[CLASS - code].contains(character);
    }

    private static int next(CharSequence t, int at) {
        return at + Character.charCount(Character.codePointAt(t, at));
    }

    private static int afterSlash(CharSequence t, int from, int to) {
        for (int i = from; i < to; i++) {
            if (t.charAt(i) == '/') {
                return i + 1;
            }
        }
        return -1;
    }

    Glob.Hint hint() {
        int firstWild = wildFrom(0);
        boolean direct = lastSlash(steps.length) >= 0 && !crossesSlashes();
        Optional<String> whole = firstWild == steps.length ? Optional.of(literal(0, firstWild)) : Optional.empty();
        return new Glob.Hint(text, whole, directory(direct), direct, nameHint());
    }

    /** As far as it is known; segments with wildcards as {@link Glob.Hint#ANY}. */
    private String directory(boolean whole) {
        if (steps.length == 0 || steps[0] != '/') {
            return "/";
        }
        StringBuilder out = new StringBuilder();
        int known = 0;
        int from = 1;
        for (int to = slashFrom(1); to > 0; to = slashFrom(from)) {
            boolean literal = wildFrom(from) >= to;
            out.append('/').append(literal ? literal(from, to) : Glob.Hint.ANY);
            known = literal || whole ? out.length() : known;
            from = to + 1;
        }
        return known == 0 ? "/" : out.substring(0, known);
    }

    /** The next slash before which nothing crosses slashes; -1 if there is none. */
    private int slashFrom(int from) {
        for (int i = from; i < steps.length; i++) {
            if (steps[i] == '/') {
                return i;
            }
            if (steps[i] == DIRECTORIES || steps[i] == REST) {
                return -1;
            }
        }
        return -1;
    }

    private Glob.NameHint nameHint() {
        if (steps.length > 0 && steps[steps.length - 1] == REST) {
            return new Glob.NameHint(Optional.empty(), "", Optional.empty());
        }
        int start = steps.length;
        while (start > 0 && steps[start - 1] != '/' && steps[start - 1] != DIRECTORIES) {
            start--;
        }
        int wild = wildFrom(start);
        if (wild == steps.length) {
            return new Glob.NameHint(Optional.of(literal(start, wild)), literal(start, wild), Optional.empty());
        }
        return new Glob.NameHint(Optional.empty(), literal(start, wild), extension());
    }

    private Optional<String> extension() {
        for (int i = steps.length - 1; i >= 0 && steps[i] >= 0 && steps[i] != '/'; i--) {
            if (steps[i] == '.') {
                return i == steps.length - 1 ? Optional.empty() : Optional.of(literal(i + 1, steps.length));
            }
        }
        return Optional.empty();
    }

    private int wildFrom(int from) {
        int i = from;
        while (i < steps.length && steps[i] >= 0) {
            i++;
        }
        return i;
    }

    private int lastSlash(int before) {
        int i = before - 1;
        while (i >= 0 && steps[i] != '/') {
            i--;
        }
        return i;
    }

    private boolean crossesSlashes() {
        for (int code : steps) {
            if (code == DIRECTORIES || code == REST) {
                return true;
            }
        }
        return false;
    }

    private String literal(int from, int to) {
        StringBuilder out = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            out.append((char) steps[i]);
        }
        return out.toString();
    }
}
