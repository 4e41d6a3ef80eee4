package io.weir.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Notes when which name appears in a directory. One thread of its own; may be asked by any. */
final class Arrivals implements AutoCloseable {
    private final Path directory;
    private final WatchService service;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Thread thread;

    Arrivals(Path directory) throws IOException {
        this.directory = directory;
        this.service = directory.getFileSystem().newWatchService();
        directory.register(service, StandardWatchEventKinds.ENTRY_CREATE);
        this.thread = new Thread(this::watch, "arrivals");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@code System.nanoTime()} at each name's first appearance. */
    Map<String, Long> seen() {
        return seen;
    }

    private void watch() {
        try {
            while (true) {
                WatchKey key = service.take();
                long now = System.nanoTime();
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (event.context() instanceof Path name) {
                        seen.putIfAbsent(name.toString(), now);
                    } else {
                        list(now); // the queue overflowed
                    }
                }
                key.reset();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void list(long now) {
        try (Stream<Path> names = Files.list(directory)) {
            names.forEach(path -> seen.putIfAbsent(String.valueOf(path.getFileName()), now));
        } catch (IOException e) {
            System.err.println("cannot list '" + directory + "': " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
