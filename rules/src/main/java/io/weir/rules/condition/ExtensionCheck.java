package io.weir.rules.condition;

import io.weir.rules.EventView;
import io.weir.rules.text.PathParts;
import io.weir.rules.text.RegionMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The name's extension is one of some, whatever its case; the empty text stands for having none. */
public final class ExtensionCheck implements ValueCheck {
    public static final String KEY = "extension";

    private final List<String> extensions;
    private final RegionMap<Boolean> set;

    public ExtensionCheck(List<String> extensions) {
        this.extensions = List.copyOf(extensions);
        Map<String, Boolean> folded = new HashMap<>();
        extensions.forEach(extension -> folded.put(RegionMap.fold(extension), true));
        this.set = RegionMap.ignoringCase(folded);
    }

    @Override
    public boolean test(EventView event) {
        String path = event.path();
        int start = PathParts.extensionStart(path, PathParts.nameStart(path));
        int hash = RegionMap.foldedHash(path, start, path.length());
        return set.get(path, start, path.length(), hash) != null;
    }

    @Override
    public String seen(EventView event) {
        return PathParts.extension(event.path());
    }

    @Override
    public int cost() {
        return 1;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<String> values() {
        return extensions;
    }
}
