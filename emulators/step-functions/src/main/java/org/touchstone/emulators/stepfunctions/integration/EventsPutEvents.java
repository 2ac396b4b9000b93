package org.touchstone.emulators.stepfunctions.integration;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.stepfunctions.asl.ResourceRules;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.JsonValues;
import org.touchstone.emulators.stepfunctions.json.Payload;

/**
 * {@code events:putEvents}: puts events on a bus. One rejected event fails the task with {@code
 * EventBridge.FailedEntry} and the whole answer as its cause.
 */
public final class EventsPutEvents implements TaskIntegration {
  private static final Logger LOG = LoggerFactory.getLogger(EventsPutEvents.class);
  private static final int MAX_ENTRIES = 10;
  private static final Set<String> FIELDS =
      Set.of("Detail", "DetailType", "EventBusName", "Resources", "Source");

  private final EventBus bus;

  public EventsPutEvents(EventBus bus) {
    this.bus = bus;
  }

  @Override
  public ResourceRules.Arguments arguments() {
    return new ResourceRules.Arguments(Set.of("Entries"), Set.of("Entries"));
  }

  @Override
  public Payload call(TaskCall call) throws TaskFailedException {
    if (!(call.arguments().get("Entries") instanceof List<?> given)
        || given.isEmpty()
        || given.size() > MAX_ENTRIES) {
      throw TaskCall.invalid("The argument 'Entries' must be an array of 1 to 10 events");
    }
    List<EventBus.Entry> entries = new ArrayList<>();
    for (Object entry : given) {
      entries.add(entry(entry, call));
    }
    List<EventBus.Result> results;
    try {
      results = put(entries);
    } catch (RuntimeException e) {
      LOG.error("The event bus failed", e);
      throw new TaskFailedException(
          "EventBridge.SdkClientException", "The event bus cannot be reached");
    }
    return answer(results);
  }

  /** Puts what the service would put; it rejects a detail that is not a JSON object. */
  private List<EventBus.Result> put(List<EventBus.Entry> entries) {
    List<EventBus.Entry> good = entries.stream().filter(EventsPutEvents::isObject).toList();
    Iterator<EventBus.Result> put =
        (good.isEmpty() ? List.<EventBus.Result>of() : bus.putEvents(good)).iterator();
    return entries.stream()
        .map(
            entry ->
                isObject(entry)
                    ? put.next()
                    : EventBus.Result.refused("MalformedDetail", "Detail is malformed."))
        .toList();
  }

  private static boolean isObject(EventBus.Entry entry) {
    try {
      return JsonValues.parse(entry.detail(), null) instanceof Map;
    } catch (InvalidJsonException e) {
      return false;
    }
  }

  private static Payload answer(List<EventBus.Result> results) throws TaskFailedException {
    List<Object> entries = new ArrayList<>();
    int failed = 0;
    for (EventBus.Result result : results) {
      if (result.errorCode() == null) {
        entries.add(Map.of("EventId", String.valueOf(result.eventId())));
      } else {
        failed++;
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("ErrorCode", result.errorCode());
        entry.put("ErrorMessage", result.errorMessage());
        entries.add(entry);
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Entries", entries);
    answer.put("FailedEntryCount", failed);
    if (failed > 0) {
      throw new TaskFailedException("EventBridge.FailedEntry", JsonValues.write(answer));
    }
    return Payload.of(answer);
  }

  private static EventBus.Entry entry(Object given, TaskCall call) throws TaskFailedException {
    if (!(given instanceof Map<?, ?> entry)) {
      throw TaskCall.invalid("An event must be an object");
    }
    for (Object field : entry.keySet()) {
      if (!FIELDS.contains(field)) {
        throw TaskCall.invalid("The field '" + field + "' of an event is not supported");
      }
    }
    Object detail = entry.get("Detail");
    if (!(entry.get("Source") instanceof String source)
        || !(entry.get("DetailType") instanceof String detailType)
        || detail == null) {
      throw TaskCall.invalid("An event needs 'Source', 'DetailType' and 'Detail'");
    }
    if (entry.get("EventBusName") != null && !(entry.get("EventBusName") instanceof String)) {
      throw TaskCall.invalid("'EventBusName' must be a string");
    }
    List<String> resources = new ArrayList<>();
    if (entry.get("Resources") instanceof List<?> list) {
      list.forEach(resource -> resources.add(String.valueOf(resource)));
    }
    resources.add(call.stateMachineArn());
    resources.add(call.executionArn());
    return new EventBus.Entry(
        (String) entry.get("EventBusName"),
        source,
        detailType,
        detail instanceof String text ? text : JsonValues.write(detail),
        List.copyOf(resources));
  }
}
