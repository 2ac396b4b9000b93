package org.touchstone.emulators.stepfunctions.integration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.stepfunctions.asl.ResourceRules;
import org.touchstone.emulators.stepfunctions.json.InvalidJsonException;
import org.touchstone.emulators.stepfunctions.json.JsonValues;
import org.touchstone.emulators.stepfunctions.json.Payload;

/** {@code lambda:invoke}: calls a function and returns its answer. */
public final class LambdaInvoke implements TaskIntegration {
  private static final Logger LOG = LoggerFactory.getLogger(LambdaInvoke.class);
  private static final String ARN = "arn:aws:lambda:";
  private static final int NAME_IN_ARN = 6;
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOTHING_DONE = 204;

  private final LambdaFunctions functions;

  public LambdaInvoke(LambdaFunctions functions) {
    this.functions = functions;
  }

  @Override
  public ResourceRules.Arguments arguments() {
    return new ResourceRules.Arguments(
        Set.of("FunctionName"),
        Set.of(
            "FunctionName", "Payload", "Qualifier", "ClientContext", "InvocationType", "LogType"));
  }

  @Override
  public Payload call(TaskCall call) throws TaskFailedException {
    String name = functionName(call.requiredText("FunctionName"));
    Map<String, Object> arguments = call.arguments();
    String payload =
        arguments.containsKey("Payload") ? JsonValues.write(arguments.get("Payload")) : "{}";
    boolean tail = "Tail".equals(call.choice("LogType", "None", "Tail"));
    String type = call.choice("InvocationType", "RequestResponse", "Event", "DryRun");
    if ("Event".equals(type)) {
      Thread.ofVirtual().start(() -> invokeUnattended(name, payload));
      return Payload.of(Map.of("StatusCode", ACCEPTED));
    }
    if ("DryRun".equals(type)) {
      return Payload.of(Map.of("StatusCode", NOTHING_DONE));
    }
    return switch (invoke(name, payload)) {
      case LambdaFunctions.Result.Success success -> result(success.payload(), tail);
      case LambdaFunctions.Result.FunctionError error -> throw functionError(error);
    };
  }

  private LambdaFunctions.Result invoke(String name, String payload) throws TaskFailedException {
    try {
      return functions.invoke(name, payload);
    } catch (RuntimeException e) {
      LOG.error("The function {} could not be invoked", name, e);
      throw new TaskFailedException("Lambda.Unknown", "The function could not be invoked");
    }
  }

  /** Whether the function fails, nobody learns; the service would try it twice more. */
  private void invokeUnattended(String name, String payload) {
    try {
      invoke(name, payload);
    } catch (TaskFailedException e) {
      LOG.warn("The function {} could not be invoked: {}", name, e.error());
    }
  }

  private static Payload result(String payload, boolean tail) throws TaskFailedException {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ExecutedVersion", "$LATEST");
    try {
      result.put("Payload", JsonValues.parse(payload, null));
    } catch (InvalidJsonException e) {
      throw new TaskFailedException("Lambda.Unknown", "The function's answer is not JSON");
    }
    if (tail) {
      // Base64 of the end of the function's log, which is not collected here.
      result.put("LogResult", "");
    }
    result.put("StatusCode", OK);
    return Payload.of(result);
  }

  private static TaskFailedException functionError(LambdaFunctions.Result.FunctionError error) {
    Map<String, Object> cause = new LinkedHashMap<>();
    cause.put("errorMessage", error.errorMessage());
    cause.put("errorType", error.errorType());
    return new TaskFailedException(
        error.errorType() == null ? "Lambda.Unknown" : error.errorType(), JsonValues.write(cause));
  }

  /** Extracts the plain name from a name, {@code name:qualifier} or an ARN. */
  private static String functionName(String given) {
    String[] parts = given.split(":", -1);
    return given.startsWith(ARN) && parts.length > NAME_IN_ARN ? parts[NAME_IN_ARN] : parts[0];
  }
}
