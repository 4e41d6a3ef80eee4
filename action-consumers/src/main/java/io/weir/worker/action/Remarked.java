package io.weir.worker.action;

import io.weir.schemas.marks.Effect;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A step of which there is more to be said. */
record Remarked(Step step, Optional<String> remark) implements Step {
    @Override
    public Effect effect() {
        return step.effect();
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
    public boolean isPassedOver() {
        return step.isPassedOver();
    }

    @Override
    public Optional<Applied> run() throws ActionException, IOException, InterruptedException {
        return step.run();
    }
}
