package io.weir.it.model;

import io.weir.it.model.Node.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Programs that know nothing of Weir. Each step is one call; what takes several is left open for others to come between. */
final class ForeignProcesses {
    private static final List<String> PLACES = List.of("/in", "/in/sub", "/out", "/x");

    private static final Set<Integer> MODES = Set.of(0440, 0600, 0640, 0644, 0700, 0755);

    private final SimulatedFiles files;
    private final Random random;
    private final List<Name> written = new ArrayList<>();
    private long nextGroup = 100;
    private long nextOwner = 100;
    private int nextName = 1;
    private int left;

    ForeignProcesses(SimulatedFiles files, Random random, int changes) {
        this.files = files;
        this.random = random;
        this.left = changes;
    }

    /** What is there before anybody watches. */
    void prepare() {
        for (String place : List.of("/in", "/out", "/in/sub")) {
            files.make(place, true, 0755);
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String path = place() + "/f" + nextName++;
            files.make(path, false, 0644);
        }
    }

    boolean hasWork() {
        return left > 0 || !written.isEmpty();
    }

    void step() {
        if (!written.isEmpty() && (left == 0 || random.nextInt(2) == 0)) {
            goOn();
            return;
        }
        left--;
        List<Name> all = files.all();
        if (all.isEmpty()) {
            files.make("/in", true, 0755);
            return;
        }
        Name any = all.get(random.nextInt(all.size()));
        String path = files.path(any);
        switch (random.nextInt(13)) {
            case 0, 1 -> files.setMode(any, mode());
            case 2, 3 -> files.setGroup(any, nextGroup++);
            case 4 -> files.setOwner(any, nextOwner++);
            case 5 -> files.rename(path, SimulatedFiles.parentOf(path).replaceAll("/$", "") + "/" + name(), false);
            case 6 -> files.rename(path, place() + "/" + SimulatedFiles.nameOf(path), false);
            case 7 -> backAndForth(path);
            case 8, 9 -> write(any);
            case 10 -> create(place() + "/" + name());
            case 11 -> files.delete(path);
            default -> {
                if (random.nextBoolean()) {
                    files.make(place() + "/d" + nextName++, true, 0755);
                } else {
                    replace(any);
                }
            }
        }
    }

    private void goOn() {
        Name name = written.get(random.nextInt(written.size()));
        if (random.nextInt(3) == 0) {
            files.write(name, 1 + random.nextInt(500));
        } else {
            written.remove(name);
            files.close(name);
        }
    }

    private void write(Name name) {
        if (!name.node.isDirectory()) {
            files.open(name);
            files.write(name, 1 + random.nextInt(500));
            written.add(name);
        }
    }

    private void create(String path) {
        if (files.make(path, false, 0644)) {
            Name name = files.find(path);
            if (name != null) {
                files.open(name);
                written.add(name);
            }
        }
    }

    private void backAndForth(String path) {
        String aside = SimulatedFiles.parentOf(path).replaceAll("/$", "") + "/" + name();
        if (files.rename(path, aside, false) && random.nextBoolean()) {
            files.rename(aside, path, false);
        }
    }

    /** As editors save: a new file is renamed over the old one. */
    private void replace(Name name) {
        String path = files.path(name);
        String fresh = SimulatedFiles.parentOf(path).replaceAll("/$", "") + "/" + name();
        if (!name.node.isDirectory() && files.make(fresh, false, 0644)) {
            Name made = files.find(fresh);
            if (made != null) {
                files.open(made);
                files.write(made, 1 + random.nextInt(500));
                files.close(made);
                files.rename(fresh, path, true);
            }
        }
    }

    /** None that an action sets, or that files are made with. */
    private int mode() {
        int mode = 1 + random.nextInt(0777);
        return MODES.contains(mode) ? mode - 1 : mode;
    }

    private String place() {
        return PLACES.get(random.nextInt(PLACES.size()));
    }

    private String name() {
        return "f" + nextName++;
    }
}
