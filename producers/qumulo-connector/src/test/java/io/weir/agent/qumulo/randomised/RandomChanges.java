package io.weir.agent.qumulo.randomised;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.qumulo.emulator.QumuloEmulator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** Changes of all kinds on an emulated cluster, some of directories with all below them. For one thread. */
public final class RandomChanges {
    private static final int LOOK_EVERY = 20;
    /** Of a large tree what is not there any more is a small part for longer. */
    private static final int PART = 50;

    private final QumuloEmulator cluster;
    private final Random random;
    private final List<String> directories = new ArrayList<>(List.of(""));
    private final List<String> paths = new ArrayList<>();
    private int untilLook;
    private int made;

    public RandomChanges(QumuloEmulator cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
    }

    /** Makes one, or tries to. */
    public void change() {
        var tree = cluster.tree();
        if (--untilLook <= 0) {
            look();
            untilLook = Math.max(LOOK_EVERY, paths.size() / PART);
        }
        String any = paths.isEmpty() ? "" : paths.get(random.nextInt(paths.size()));
        String place = directories.get(random.nextInt(directories.size())) + "/n" + made++;
        try {
            switch (random.nextInt(10)) {
                case 0 -> {
                    tree.createDirectory(place);
                    directories.add(place);
                }
                case 1, 2, 3 -> tree.createFile(place);
                case 4 -> tree.write(any, place.getBytes(UTF_8));
                case 5 -> tree.change(any, change -> change.mode(random.nextInt(0777)));
                case 6, 7 -> rename(any, place);
                case 8 -> tree.delete(any);
                default -> {
                    if (random.nextInt(10) == 0) {
                        tree.deleteTree(any);
                    } else {
                        tree.rename(any, paths.get(random.nextInt(paths.size())));
                    }
                }
            }
        } catch (RuntimeException e) {
            return; // Not possible: a directory below itself, say.
        }
    }

    /** What is there; a change of what is not there any more is not possible, and none. */
    private void look() {
        paths.clear();
        cluster.tree().state().paths().keySet().stream()
                .filter(path -> !path.equals("/") && !path.startsWith("/.weir") && !path.startsWith("/fence-"))
                .map(path -> path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                .forEach(paths::add);
        directories.retainAll(new HashSet<>(paths));
        directories.add("");
    }

    private void rename(String from, String to) {
        cluster.tree().rename(from, to);
        if (directories.remove(from)) {
            directories.add(to);
        }
    }
}
