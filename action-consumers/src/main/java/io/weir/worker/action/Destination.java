package io.weir.worker.action;

import io.weir.rules.action.ActionType.Parameter;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles.Entry;
import java.util.List;
import java.util.Map;

/** The parameter that says where to a file goes. */
interface Destination {
    /** As the module declares it. */
    Parameter declaration();

    /** As the rule has it; of a directory, the path of the file in it. */
    String template(Map<String, Object> parameters);

    /** What can be said against it before an event fills it in. */
    List<String> faults(Map<String, Object> parameters);

    /** The path for this event, and for the name that its file has now. */
    String fill(ActionContext context, Entry file) throws ActionException;
}
