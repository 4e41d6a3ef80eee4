package io.weir.worker.message;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.EventId;
import io.weir.worker.action.EventJson;

/** The event of a request as a CloudEvent 1.0, in structured mode: one JSON object. */
final class CloudEvent {
    static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CloudEvent() {}

    /** Names of extension attributes are lower-case letters and digits alone. */
    static ObjectNode of(ActionRequest request) {
        FileEvent event = request.getEvent();
        ObjectNode json = JSON.createObjectNode();
        json.put("specversion", "1.0");
        json.put("id", EventId.of(event).toString());
        json.put("source", "/weir/volumes/" + event.getVolume());
        json.put("type", "io.weir.file." + event.getType());
        json.put("subject", event.getPath());
        json.put("time", event.getObservedAt().toString());
        json.put("datacontenttype", "application/json");
        json.put("weirrule", request.getRule());
        json.put("weiraction", request.getId());
        json.set("data", EventJson.object(event));
        return json;
    }
}
