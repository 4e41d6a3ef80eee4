package io.weir.cli.cluster;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.capture.AgentCommand;
import io.weir.schemas.topic.VolumeName;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In which data directory the agent of each volume keeps its marks. */
final class AgentData {
    private final Path ofOthers;
    private final Map<String, Path> ofVolumes;

    private AgentData(Path ofOthers, Map<String, Path> ofVolumes) {
        this.ofOthers = ofOthers;
        this.ofVolumes = Map.copyOf(ofVolumes);
    }

    /**
     * Reads {@code DIR}, which is for all volumes that are not named, and {@code NAME=DIR}.
     *
     * @throws CommandException if a volume is named that is not among those served, or one comes twice
     */
    static AgentData parse(List<String> texts, Collection<String> served, CommandContext context) {
        Path ofOthers = null;
        Map<String, Path> ofVolumes = new HashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String name = text.substring(0, Math.max(0, equals));
            Path directory = context.resolve(Path.of(text.substring(VolumeName.isValid(name) ? equals + 1 : 0)));
            Path before = VolumeName.isValid(name) ? ofVolumes.put(name, directory) : ofOthers;
            if (before != null) {
                throw new CommandException("--agent-data='" + text + "': given twice; expected one DIR for all volumes,"
                        + " and NAME=DIR once for each whose agent has another");
            }
            if (!VolumeName.isValid(name)) {
                ofOthers = directory;
            } else if (!served.contains(name)) {
                throw new CommandException(
                        "--agent-data='" + text + "': volume '" + name + "' is not served; expected one of " + served);
            }
        }
        return new AgentData(
                ofOthers == null ? context.resolve(Path.of(AgentCommand.DEFAULT_DATA)) : ofOthers, ofVolumes);
    }

    /** The marks directory of a volume. */
    Path marks(String volume) {
        return ofVolumes.getOrDefault(volume, ofOthers).resolve("marks").resolve(volume);
    }
}
