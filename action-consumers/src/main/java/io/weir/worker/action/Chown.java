package io.weir.worker.action;

import io.weir.posix.Accounts;
import io.weir.rules.action.Change;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.ActionModule;
import io.weir.worker.ActionPlan;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code chown: {owner: alice, group: staff, recursive: true}}: gives a file to a user, a group, or both. As chown(1) does, it
 * takes the setuid and setgid bits of a file away, and says so beforehand.
 */
public final class Chown implements ActionModule {
    private static final String OWNER = "owner";
    private static final String GROUP = "group";
    private static final String UID = "uid";
    private static final String GID = "gid";
    private static final int SETUID_AND_SETGID = 06000;

    @Override
    public String name() {
        return "chown";
    }

    @Override
    public String summary() {
        return "Gives a file or directory, or all below it, to a user, a group, or both.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(OWNER, Shape.TEXT, false, "The user, by name on the worker's host or number."),
                new Parameter(GROUP, Shape.TEXT, false, "The group, likewise; one of the two must be given."),
                TruthParameter.RECURSIVE.declaration());
    }

    @Override
    public boolean needsVolume() {
        return true;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        List<String> faults = new ArrayList<>(TruthParameter.RECURSIVE.faults(parameters));
        if (!parameters.containsKey(OWNER) && !parameters.containsKey(GROUP)) {
            faults.add("owner, group: expected at least one of them");
        }
        for (String account : List.of(OWNER, GROUP)) {
            if (String.valueOf(parameters.getOrDefault(account, "x")).isBlank()) {
                faults.add(account + "='': expected a name or a number");
            }
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
        Optional<Long> uid = number(context, OWNER, Accounts::uid);
        Optional<Long> gid = number(context, GROUP, Accounts::gid);
        if (uid.isEmpty() && gid.isEmpty()) {
            throw ActionException.refused("owner, group: expected at least one of them; mend the rule");
        }
        return FieldChanges.plan(
                context, context.file(), TruthParameter.RECURSIVE.of(context), entry -> fields(entry, uid, gid));
    }

    private interface Lookup {
        OptionalLong number(String account) throws IOException;
    }

    private static Optional<Long> number(ActionContext context, String parameter, Lookup lookup)
            throws ActionException, IOException {
        Optional<String> name = context.text(parameter);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong number = lookup.number(name.get());
        if (number.isEmpty()) {
            throw ActionException.failed(
                    parameter + "='" + name.get() + "' is not known on this worker's host, nor is it"
                            + " a number; mend the rule, or make the account known there");
        }
        return Optional.of(number.getAsLong());
    }

    private static Map<String, String> fields(Entry entry, Optional<Long> uid, Optional<Long> gid) {
        Map<String, String> fields = new HashMap<>();
        uid.filter(wanted -> wanted != entry.uid()).ifPresent(wanted -> fields.put(UID, wanted.toString()));
        gid.filter(wanted -> wanted != entry.gid()).ifPresent(wanted -> fields.put(GID, wanted.toString()));
        boolean clearsBits = !entry.isDirectory() && !entry.isLink() && (entry.mode() & SETUID_AND_SETGID) != 0;
        if (!fields.isEmpty() && clearsBits) {
            fields.put("mode", Entry.octal(entry.mode() & ~SETUID_AND_SETGID));
        }
        return fields;
    }
}
