package org.touchstone.emulators.stepfunctions.jsonata;

import java.util.Map;
import java.util.function.Supplier;
import org.touchstone.emulators.stepfunctions.json.Payload;

/**
 * The values that an expression can refer to.
 *
 * @param input the state's input
 * @param result the state's result; null when there is none yet
 * @param errorOutput the error that a catcher handles; null elsewhere
 * @param context the context object, built only when an expression needs it; objects, numbers,
 *     strings and payloads
 * @param variables the variables in scope, by name
 */
public record Bindings(
    Payload input,
    Payload result,
    Payload errorOutput,
    Supplier<Map<String, Object>> context,
    Map<String, Payload> variables) {

  public Bindings withResult(Payload newResult) {
    return new Bindings(input, newResult, null, context, variables);
  }

  public Bindings withErrorOutput(Payload newErrorOutput) {
    return new Bindings(input, null, newErrorOutput, context, variables);
  }
}
