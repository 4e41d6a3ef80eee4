package io.weir.worker;

import io.weir.schemas.marks.Effect;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A step in another volume than that of the action's event. */
record StepElsewhere(String volume, Step step) implements Step {
    @Override
    public Effect effect() {
        return new Effect.Elsewhere(volume, step.effect());
    }

    @Override
    public Map<String, String> before() {
        return step.before();
    }

    @Override
    public Optional<String> intent() {
        return step.intent();
    }

    @Override
    public Optional<String> remark() {
        return step.remark();
    }

    @Override
    public boolean isPassedOver() {
        return step.isPassedOver();
    }

    @Override
    public Optional<Applied> run() throws ActionException, IOException, InterruptedException {
        return step.run()
                .map(did -> new Applied(new Effect.Elsewhere(volume, did.effect()), did.before(), did.detail()));
    }
}
