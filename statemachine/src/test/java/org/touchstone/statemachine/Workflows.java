package org.touchstone.statemachine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.emulators.stepfunctions.testing.TestServer;

/** The workflow as it is deployed, and what resolution hands to it. */
final class Workflows {
  private Workflows() {}

  /**
   * The definition, with the functions {@code resolve}, {@code vote} and {@code record-failure}.
   */
  static String definition() throws IOException {
    return Files.readString(Path.of("analysis.asl.json"))
        .replace("${ResolveFunctionArn}", function("resolve"))
        .replace("${VoteFunctionArn}", function("vote"))
        .replace("${RecordFailureFunctionArn}", function("record-failure"))
        .replace("${EventBusName}", "main");
  }

  private static String function(String name) {
    return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
  }

  /** A post of several media, each of which gives one job for each endpoint. */
  static TestServer.Answer resolved(int media, String... endpoints) {
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < media; i++) {
      for (String endpoint : endpoints) {
        jobs.add(
            "{\"queueUrl\":\"http://queue\",\"endpoint\":\""
                + endpoint
                + "\",\"media\":{\"id\":\"m"
                + i
                + "\"}}");
      }
    }
    return new TestServer.Answer(
        "{\"analysisId\":\"a1\",\"resolved\":true,\"jobs\":[" + String.join(",", jobs) + "]}");
  }
}
