package io.weir.worker.action;

import io.weir.rules.action.ActionType.Parameter;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.files.VolumePath;
import java.util.List;
import java.util.Map;

/**
 * A required parameter that is a path within the volume, with placeholders; with a slash at its end, the directory in which
 * the file keeps its name.
 *
 * @param name its key
 * @param summary for people
 */
record DestinationParameter(String name, String summary) implements Destination {
    private PathParameter path() {
        return new PathParameter(name, summary);
    }

    @Override
    public Parameter declaration() {
        return path().declaration();
    }

    @Override
    public String template(Map<String, Object> parameters) {
        String template = path().template(parameters);
        return template.endsWith("/") ? template + "{event.name}" : template;
    }

    @Override
    public List<String> faults(Map<String, Object> parameters) {
        return path().faults(Map.of(name, template(parameters)));
    }

    @Override
    public String fill(ActionContext context, Entry file) throws ActionException {
        String template = context.text(name).orElse("");
        if (!template.endsWith("/")) {
            return context.fillPath(template);
        }
        String directory = template.substring(0, template.length() - 1);
        return VolumePath.child(directory.isEmpty() ? "/" : context.fillPath(directory), VolumePath.name(file.path()));
    }
}
