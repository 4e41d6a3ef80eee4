package io.weir.rules.language;

import io.weir.rules.ActionTypes;
import io.weir.rules.RuleModel;
import io.weir.rules.RuleRejectedException;
import java.util.Optional;

/** Reads the definition of one rule, which stands by itself. */
public final class DefinitionReader {
    private static final String SOURCE = "definition";

    private DefinitionReader() {}

    /**
     * Reads and checks a definition.
     *
     * @throws RuleRejectedException with all faults, if there are any
     */
    public static RuleModel read(String definition, ActionTypes types) throws RuleRejectedException {
        Faults faults = new Faults(SOURCE);
        Optional<RuleModel> model =
                YamlReader.read(definition, faults).flatMap(root -> RuleReader.read(root, Lists.NONE, types, faults));
        if (model.isEmpty() || faults.count() > 0) {
            throw new RuleRejectedException(faults.sorted());
        }
        return model.get();
    }
}
