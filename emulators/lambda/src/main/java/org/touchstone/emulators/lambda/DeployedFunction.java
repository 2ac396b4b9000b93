package org.touchstone.emulators.lambda;

import java.nio.file.Path;
import java.util.Map;

/** The deployed functions, and the settings that distinguish functions of the same package. */
public enum DeployedFunction {
  INTAKE(
      "intake",
      Map.of(
          "TOUCHSTONE_STATE_MACHINE_ARN", "arn:aws:states:us-east-1:123456789012:stateMachine:a")),
  RESOLVE("resolver", Map.of("TOUCHSTONE_QUEUES_IMAGE", "https://sqs.example/image")),
  VOTE("voting", Map.of("QUARKUS_LAMBDA_HANDLER", "vote")),
  RECORD_FAILURE("voting", Map.of("QUARKUS_LAMBDA_HANDLER", "record-failure")),
  END_LOST_JOB("voting", Map.of("QUARKUS_LAMBDA_HANDLER", "end-lost-job")),
  PARTNERS("partners", Map.of()),
  CALLBACKS("partners", Map.of("QUARKUS_LAMBDA_HANDLER", "callbacks")),
  BATCHES(
      "batches",
      Map.of(
          "TOUCHSTONE_STATE_MACHINE_ARN", "arn:aws:states:us-east-1:123456789012:stateMachine:a")),
  WEBHOOKS("webhooks", Map.of("TOUCHSTONE_PUBLIC_URL", "https://api.example.org/live/")),
  SWEEP(
      "upkeep",
      Map.of(
          "TOUCHSTONE_STATE_MACHINE_ARN", "arn:aws:states:us-east-1:123456789012:stateMachine:a")),
  EXPORT("billing", Map.of("QUARKUS_LAMBDA_HANDLER", "export")),
  BUYING("billing", Map.of("QUARKUS_LAMBDA_HANDLER", "buying")),
  NOTICES("billing", Map.of("QUARKUS_LAMBDA_HANDLER", "notices"));

  private final String module;
  private final Map<String, String> environment;

  DeployedFunction(String module, Map<String, String> environment) {
    this.module = module;
    this.environment = environment;
  }

  /** The folder of its module, relative to {@code functions}. */
  public String module() {
    return module;
  }

  /** Its {@code function.zip} in the build output. */
  public Path zip(Path functions) {
    return functions.resolve(module).resolve("target").resolve("function.zip");
  }

  /** Variables that this function needs in addition to the common ones. */
  public Map<String, String> environment() {
    return environment;
  }
}
