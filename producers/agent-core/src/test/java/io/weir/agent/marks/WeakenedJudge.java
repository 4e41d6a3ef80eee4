package io.weir.agent.marks;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The production judge without some of its safeguards, for tests that show that they are missed. */
public final class WeakenedJudge {
    private WeakenedJudge() {}

    /** The names of all safeguards. */
    public static List<String> safeguards() {
        return Arrays.stream(Safeguard.values()).map(Enum::name).toList();
    }

    /**
     * The judge.
     *
     * @param without names of the safeguards to leave out; with none it is production's
     */
    public static CausationJudge without(
            Set<String> without,
            Windows.UnreadMarks disk,
            SeenEffects seen,
            Function<String, Predicate<String>> globs,
            KnownFiles files) {
        EnumSet<Safeguard> left = EnumSet.allOf(Safeguard.class);
        without.forEach(name -> left.remove(Safeguard.valueOf(name)));
        return new CausationJudge(disk, seen, globs, files, left);
    }
}
