package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.rules.action.Change;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.settings.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code chmod: {mode: "0640"}} or {@code {mode: "u+rwX,o=", recursive: true}}: sets permission bits. */
public final class Chmod implements ActionModule {
    private static final String MODE = "mode";
    private static final int SPECIAL_BITS = 07000;
    private static final String EXPECTED =
            "expected 3 or 4 octal digits in quotes, such as \"0640\", or clauses such as u+rwX,g-w,o=";

    @Override
    public String name() {
        return "chmod";
    }

    @Override
    public String summary() {
        return "Sets the permission bits of a file or directory, or of all below it.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(
                        MODE,
                        Shape.TEXT,
                        true,
                        "Permission bits: octal in quotes, such as \"0640\", or symbolic, such as u+rwX,g-w,o=."),
                TruthParameter.RECURSIVE.declaration());
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        List<String> faults = new ArrayList<>(TruthParameter.RECURSIVE.faults(parameters));
        String text = String.valueOf(parameters.get(MODE));
        Optional<ModeChange> change = ModeChange.parse(text);
        if (change.isEmpty()) {
            faults.add("mode='" + text + "': " + EXPECTED);
        } else if (!change.get().isIdempotent()) {
            faults.add(
                    "mode='" + text + "': changes a file again each time; expected a mode that, set twice, is the same"
                            + " as set once, so that a rule comes to rest");
        }
        return faults;
    }

    @Override
    public List<Change> changes(Map<String, Object> parameters) {
        return TruthParameter.RECURSIVE.of(parameters) ? Change.attributesOfTree() : List.of(Change.attributes());
    }

    @Override
    public boolean settles() {
        return true;
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        String text = context.text(MODE).orElse("");
        ModeChange change = ModeChange.parse(text)
                .orElseThrow(() -> ActionException.refused("mode='" + text + "': " + EXPECTED + "; mend the rule"));
        var file = context.file();
        if (file.isLink()) {
            throw ActionException.refused(
                    "path='" + PathText.display(file.path()) + "' is a symbolic link, which has no mode of its own");
        }
        var special = context.settings().files().specialModes();
        return FieldChanges.plan(
                context, file, TruthParameter.RECURSIVE.of(context), entry -> fields(change, text, entry, special));
    }

    private static Map<String, String> fields(ModeChange change, String text, Entry entry, Setting<Boolean> special)
            throws ActionException {
        int mode = entry.isLink() ? entry.mode() : change.apply(entry.mode(), entry.isDirectory());
        if (mode == entry.mode()) {
            return Map.of();
        }
        if ((mode & ~entry.mode() & SPECIAL_BITS) != 0 && !special.value()) {
            throw ActionException.refused("path='" + PathText.display(entry.path()) + "': mode='" + text
                    + "' sets setuid, setgid or sticky, which 'special-modes: false' (" + special.place()
                    + ") forbids; change the worker's settings, or the rule");
        }
        return Map.of(MODE, Entry.octal(mode));
    }
}
