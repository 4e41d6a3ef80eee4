package io.weir.it.model;

import io.weir.it.model.Node.Name;
import io.weir.rules.Glob;
import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.Step;
import java.util.List;
import java.util.Optional;

/** Like a program run by {@code exec}: declares a scope, and within that appends to the file, sets its mode, makes a log. */
final class Append implements ActionModule {
    static final String NAME = "append";
    private static final String SCOPE = "/out/**";
    private static final Glob GLOB = Glob.compile(SCOPE);

    private final SimulatedVolume volume;

    Append(SimulatedVolume volume) {
        this.volume = volume;
    }

    static boolean isInScope(String path) {
        return GLOB.matches(path);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "for tests";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public ActionPlan plan(ActionContext context) {
        String path = context.event().path();
        return ActionPlan.steps(List.of(new Step() {
            @Override
            public Effect effect() {
                return new Effect.Scope(List.of(SCOPE));
            }

            @Override
            public Optional<Applied> run() {
                append(path);
                append("/out/log");
                return Optional.of(new Applied(effect()));
            }
        }));
    }

    private void append(String path) {
        SimulatedFiles files = volume.simulated();
        volume.act(() -> files.make(path, false, 0600));
        Name name = files.find(path);
        if (name == null || name.node.isDirectory()) {
            return;
        }
        files.open(name);
        try {
            volume.act(() -> files.write(name, 1000));
            volume.act(() -> files.setMode(name, 0600));
        } finally {
            volume.atOnce(() -> files.close(name));
        }
    }
}
