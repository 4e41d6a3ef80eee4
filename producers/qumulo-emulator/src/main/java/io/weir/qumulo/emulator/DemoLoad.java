package io.weir.qumulo.emulator;

import io.weir.qumulo.emulator.tree.FileSystemException;
import io.weir.qumulo.emulator.tree.FileTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users for demonstrations: files are made, written, moved, given other modes and deleted, below {@code /demo}. The same seed
 * gives the same actions.
 */
public final class DemoLoad implements AutoCloseable {
    private static final int FILES_IN_DIRECTORY = 1000;
    private static final int TICKS_PER_SECOND = 50;
    private static final byte[] TEXT = "a line\n".getBytes(StandardCharsets.US_ASCII);

    private static final Logger log = LoggerFactory.getLogger(DemoLoad.class);

    private final FileTree tree;
    private final SplittableRandom random;
    private final List<String> files = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "weir-qumulo-demo");
        thread.setDaemon(true);
        return thread;
    });
    private long made;
    private double owed;

    public DemoLoad(FileTree tree, long seed) {
        this.tree = tree;
        this.random = new SplittableRandom(seed);
        tree.createDirectories("/demo/moved");
    }

    /** Makes so many, empty, 1000 in a directory. */
    public void createFiles(int count) {
        for (int i = 0; i < count; i++) {
            create();
        }
    }

    /** From now on until it is closed. */
    public void start(double changesPerSecond) {
        var unused = timer.scheduleAtFixedRate(
                () -> changeSome(changesPerSecond / TICKS_PER_SECOND),
                0,
                1000 / TICKS_PER_SECOND,
                TimeUnit.MILLISECONDS);
    }

    private void changeSome(double more) {
        try {
            owed += more;
            for (; owed >= 1; owed--) {
                change();
            }
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("the load has ended by a defect");
            throw e;
        }
    }

    /** Does one thing to one file. */
    void change() {
        int what = random.nextInt(10);
        if (files.isEmpty() || what < 3) {
            create();
            return;
        }
        int index = random.nextInt(files.size());
        try {
            act(what, index);
        } catch (FileSystemException e) {
            // Somebody else was there before, through the API.
            files.remove(index);
        }
    }

    private void act(int what, int index) {
        String file = files.get(index);
        switch (what) {
            case 3, 4, 5, 6 -> tree.append(file, TEXT);
            case 7 -> {
                String moved = "/demo/moved" + file.substring(file.lastIndexOf('/'));
                if (!moved.equals(file)) {
                    tree.rename(file, moved);
                    files.set(index, moved);
                }
            }
            case 8 -> tree.change(file, change -> change.mode(random.nextBoolean() ? 0600 : 0644));
            default -> {
                tree.delete(file);
                files.set(index, files.get(files.size() - 1));
                files.remove(files.size() - 1);
            }
        }
    }

    private void create() {
        String directory = "/demo/" + "%05d".formatted(made / FILES_IN_DIRECTORY);
        String file = directory + "/file-" + made++ + ".txt";
        if (tree.state().find(directory).isEmpty()) {
            tree.createDirectories(directory);
        }
        tree.createFile(file);
        files.add(file);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
