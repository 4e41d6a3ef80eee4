package io.weir.worker.settings;

import io.weir.schemas.topic.VolumeName;
import io.weir.worker.files.VolumePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a worker may change files. */
final class FilePolicyReader {
    private static final Pattern ANY_NAME = Pattern.compile("(?s).*");

    private FilePolicyReader() {}

    /** A list for all volumes, or a mapping from volumes to lists. */
    static Setting<FilePolicy.Roots> roots(SettingsNode node) {
        if (!node.isMapping()) {
            return node.setting(new FilePolicy.Roots(paths(node), Map.of()));
        }
        Map<String, Setting<List<String>>> ofVolumes = new LinkedHashMap<>();
        node.named("volume", ANY_NAME, "", (volume, value) -> {
            try {
                ofVolumes.put(VolumeName.requireValid(volume), value.setting(paths(value)));
            } catch (IllegalArgumentException e) {
                value.fault("roots: " + e.getMessage());
            }
        });
        return node.setting(new FilePolicy.Roots(List.of(), ofVolumes));
    }

    private static List<String> paths(SettingsNode node) {
        List<String> paths = new ArrayList<>();
        for (String path : node.texts("roots")) {
            var fault = path.equals("/") ? Optional.<String>empty() : VolumePath.fault(path);
            if (fault.isPresent()) {
                node.fault("roots: path='" + path + "' " + fault.get()
                        + "; expected directories absolute within the volume, such as /inbox");
            }
            paths.add(path);
        }
        return paths;
    }
}
