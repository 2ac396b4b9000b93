package org.touchstone.emulators.stepfunctions.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.json.Payload;

/** The item of a Map's iteration. */
record MapItem(int index, Payload value) {
  /** The context object's {@code Map}. */
  Map<String, Object> toContextObject() {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("Index", index);
    item.put("Source", "STATE_DATA");
    item.put("Value", value);
    return Map.of("Item", item);
  }
}
