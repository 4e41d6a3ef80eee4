package io.weir.it.containers;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Judges each test rather than the class, so that each is counted. */
final class NeedsImagesCondition implements ExecutionCondition {
    private static final Optional<String> MISSING = missing();

    /** Why these tests cannot run here. */
    private static Optional<String> missing() {
        if (Command.run("docker", "info").code() != 0) {
            return Optional.of("no Docker engine answers here; ./dev docker-start starts one");
        }
        return List.of(Images.WEIR, Images.KAFKA, Images.REGISTRY).stream()
                .filter(image ->
                        Command.run("docker", "image", "inspect", image).code() != 0)
                .findFirst()
                .map(image -> "there is no image " + image + " here; ./dev docker-images makes it");
    }

    static boolean isMissing() {
        return MISSING.isPresent();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod().isPresent() && isMissing()
                ? ConditionEvaluationResult.disabled(MISSING.orElseThrow())
                : ConditionEvaluationResult.enabled("engine and images are there");
    }
}
