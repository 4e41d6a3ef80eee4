package io.weir.worker.action;

import io.weir.rules.action.Change;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.VolumeFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code chmod: {mode: "0640"}}: sets the permission bits of a file or directory. */
public final class Chmod implements ActionModule {
    private static final String MODE = "mode";
    private static final Pattern OCTAL = Pattern.compile("[0-7]{3,4}");
    private static final int SPECIAL_BITS = 07000;

    @Override
    public String name() {
        return "chmod";
    }

    @Override
    public String summary() {
        return "Sets the permission bits of a file or directory.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(MODE, Shape.TEXT, true, "Permission bits in octal, such as \"0640\"."));
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        return parse(String.valueOf(parameters.get(MODE))).isPresent()
                ? List.of()
                : List.of("mode='" + parameters.get(MODE)
                        + "': expected 3 or 4 octal digits in quotes, such as \"0640\"");
    }

    @Override
    public List<Change> changes(Map<String, Object> parameters) {
        return List.of(Change.attributes());
    }

    @Override
    public boolean settles() {
        return true;
    }

    @Override
    public ActionPlan plan(ActionContext context) throws ActionException, IOException {
        String text = context.text(MODE).orElse("");
        int mode = parse(text)
                .orElseThrow(() -> ActionException.refused(
                        "mode='" + text + "': expected 3 or 4 octal digits, such as \"0640\"; mend the rule"));
        var file = context.file();
        if (file.kind().equals("link")) {
            throw ActionException.refused(
                    "path='" + file.path() + "' is a symbolic link, which has no mode of its own");
        }
        var special = context.settings().files().specialModes();
        if ((mode & ~file.mode() & SPECIAL_BITS) != 0 && !special.value()) {
            throw ActionException.refused(
                    "mode='" + text + "' sets setuid, setgid or sticky, which 'special-modes: false'" + " ("
                            + special.place() + ") forbids; change the worker's settings, or the rule");
        }
        if (file.mode() == mode) {
            return ActionPlan.nothingToDo("mode is " + octal(mode) + " already");
        }
        return ActionPlan.steps(List.of(context.files().set(file.path(), file.fileId(), Map.of(MODE, octal(mode)))));
    }

    private static Optional<Integer> parse(String text) {
        return OCTAL.matcher(text).matches() ? Optional.of(Integer.parseInt(text, 8)) : Optional.empty();
    }

    private static String octal(int mode) {
        return VolumeFiles.Entry.octal(mode);
    }
}
