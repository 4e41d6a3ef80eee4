package io.weir.it.model;

import io.weir.filter.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A partition of the log of requests, and how far the group has come with it. */
final class RequestPartition {
    final List<Output.Request> log = new ArrayList<>();
    final TreeSet<Integer> done = new TreeSet<>();
    int committed;
    int position;

    @Nullable
    WorkerProcess owner;

    /** Another process reads on from what is committed. */
    void giveTo(WorkerProcess process) {
        owner = process;
        position = committed;
        done.clear();
    }
}
