package org.touchstone.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.emulators.lambda.ContainerFunction;
import org.touchstone.emulators.lambda.Events;
import org.touchstone.emulators.lambda.FunctionProcess;
import org.touchstone.emulators.lambda.Invocation;
import org.touchstone.emulators.lambda.LoopbackRuntimeApi;

/** The image runs the judge's handler too, by the command that the judge is deployed with. */
class JudgeInTheImageTest {
  private static final String HANDLER = "org.touchstone.judge.job.JudgeHandler::handleRequest";

  @TempDir Path folder;

  private FunctionProcess start(Map<String, String> environment) throws IOException {
    ContainerFunction image =
        ContainerFunction.of(Path.of("Dockerfile"), folder, System.getProperty("java.class.path"));
    return new FunctionProcess(
        new ContainerFunction(folder, HANDLER, image.options(), image.classPath()),
        environment,
        LoopbackRuntimeApi.LONGEST);
  }

  private static Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "none",
            "AWS_SECRET_ACCESS_KEY", "none",
            "TOUCHSTONE_BUCKET", "touchstone",
            "TOUCHSTONE_JUDGE",
                """
                {"provider": "openai-compatible", "address": "http://127.0.0.1:9/v1",
                 "private": true, "model": "none"}"""));
  }

  @Test
  void answersAndLogsAsTheOtherFunctionsDo() throws Exception {
    try (FunctionProcess judge = start(environment())) {
      Invocation end = judge.invoke(Events.messages("\"no job\""), Events.TRACE);

      assertThat(end)
          .as(() -> String.join("\n", judge.output()))
          .isInstanceOf(Invocation.Response.class);
      assertThat(
              Json.mapper()
                  .readTree(((Invocation.Response) end).payload())
                  .path("batchItemFailures"))
          .isEmpty();
      JsonNode line = Json.mapper().readTree(judge.awaitLine("message m0 is not a job"));
      assertThat(line.path("level").asText()).isEqualTo("ERROR");
    }
  }

  @Test
  void namesTheSettingThatIsMissing() throws Exception {
    Map<String, String> environment = environment();
    environment.remove("TOUCHSTONE_BUCKET");
    try (FunctionProcess judge = start(environment)) {
      assertThat(judge.awaitInitError().payload()).contains("TOUCHSTONE_BUCKET is not set");
    }
  }
}
