package io.weir.agent.marks;

import io.weir.agent.FakeFiles;
import io.weir.agent.source.FileStat;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The one file of a simulation, and what foreign processes did to it. */
final class SimulatedFile {
    static final String VOLUME = "v";
    static final String HOME = "/q";
    static final int MODE = 0640;
    static final long OWNER = 9;

    /** One foreign change. */
    record Foreign(long clock, @Nullable Long group, @Nullable String place) {}

    private final FakeFiles files = new FakeFiles(VOLUME);
    private final List<Foreign> foreign = new ArrayList<>();
    private final Random random;
    private final String id;
    private String place = HOME;

    SimulatedFile(Random random) {
        this.random = random;
        files.watched(false);
        files.create(HOME);
        files.attributes(HOME, MODE, OWNER, 1);
        files.watched(true);
        id = stat().fileId();
    }

    FakeFiles files() {
        return files;
    }

    List<Foreign> foreign() {
        return foreign;
    }

    String id() {
        return id;
    }

    String place() {
        return place;
    }

    FileStat stat() {
        return files.stat(files.place(place)).orElseThrow();
    }

    void move(String to) {
        files.move(place, to);
        place = to;
    }

    void setMode(int mode) {
        if (stat().mode() != mode) {
            files.attributes(place, mode, stat().uid(), stat().gid());
        }
    }

    void setOwner(long owner) {
        if (stat().uid() != owner) {
            files.attributes(place, stat().mode(), owner, stat().gid());
        }
    }

    void changeFromOutside() {
        FileStat s = stat();
        int mode = s.mode();
        long uid = s.uid();
        @Nullable Long group = null;
        @Nullable String to = null;
        switch (random.nextInt(5)) {
            case 0 -> mode = pick(0777, 0755, 0600);
            case 1 -> uid = pick(1, 2);
            case 2 -> group = 2L + random.nextInt(97);
            case 3 -> to = List.of("/x", "/y", "/z").get(random.nextInt(3));
            default -> {
                mode = 0777;
                group = 2L + random.nextInt(97);
            }
        }
        if (to != null) {
            if (to.equals(place)) {
                return;
            }
            move(to);
        } else {
            files.attributes(place, mode, uid, group == null ? s.gid() : group);
        }
        foreign.add(new Foreign(files.now(), group, to));
    }

    private int pick(int... values) {
        return values[random.nextInt(values.length)];
    }
}
