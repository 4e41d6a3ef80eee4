package io.weir.agent;

import io.weir.agent.intake.ScanIntake;
import io.weir.agent.source.Place;
import io.weir.agent.spool.Store;
import io.weir.agent.stream.StreamIntake;
import io.weir.posix.PathText;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** What the store keeps of the agent's earlier runs. */
final class AgentHistory implements ScanIntake.History, StreamIntake.History {
    private static final String ALIVE = "alive";
    private static final String CHECKPOINT = "checkpoint";
    private static final String ROOT = "root:";

    private final Store store;
    private final OptionalLong lastAlive;

    AgentHistory(Store store) {
        this.store = store;
        this.lastAlive =
                store.meta(ALIVE).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    @Override
    public OptionalLong lastAlive() {
        return lastAlive;
    }

    /** Keeps that the agent runs now, with the next commit. */
    void alive(long micros) {
        store.meta(ALIVE, Long.toString(micros));
    }

    @Override
    public boolean isKnown(Place place) {
        return store.meta(key(place)).isPresent();
    }

    @Override
    public void know(Place place) {
        store.meta(key(place), "scanned");
    }

    /** No tree has a baseline any more. */
    void forgetRoots() {
        store.forgetMeta(ROOT);
    }

    @Override
    public Optional<String> checkpoint() {
        return store.meta(CHECKPOINT);
    }

    @Override
    public void checkpoint(String id) {
        store.meta(CHECKPOINT, id);
    }

    private static String key(Place place) {
        return ROOT + place.volume() + ":" + Base64.getEncoder().encodeToString(PathText.encode(place.path()));
    }
}
