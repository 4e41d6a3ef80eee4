package io.weir.it.faults;

import io.weir.it.Weir;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;

/** Asks the system how it is, as people do, until it says what it should. */
final class Hearing {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Words WELL = Words.status("nothing needs anybody");

    private final Installation installation;

    Hearing(Installation installation) {
        this.installation = installation;
    }

    /**
     * Waits until all of this was said, in any order; gives it with the places where.
     *
     * @throws AssertionError if it was not within the limit, with what was said instead
     */
    List<String> await(List<Words> expected, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        List<String> heard = new ArrayList<>();
        for (Words words : expected) {
            heard.add(await(words, end));
        }
        return heard;
    }

    private String await(Words words, long end) {
        while (true) {
            String said = ask(words);
            Matcher matcher = words.said().matcher(said);
            if (matcher.find()) {
                return words.place() + ": " + matcher.group();
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(words.place() + " should say '" + words.said() + "', and says: " + said);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Waits until the system says that all is well. */
    void awaitWell(Duration limit) {
        await(List.of(WELL), limit);
    }

    private String ask(Words words) {
        if (!words.part().isEmpty()) {
            return installation.part(words.part()).health();
        }
        try {
            Weir weir = installation.weir(words.where().toArray(String[]::new));
            return weir.out() + weir.err();
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage()); // It took too long, which is an answer, too.
        }
    }
}
