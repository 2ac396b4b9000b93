package org.touchstone.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.Json;
import org.touchstone.emulators.lambda.DeployedFunction;
import org.touchstone.emulators.lambda.Events;
import org.touchstone.emulators.lambda.FunctionPackage;
import org.touchstone.emulators.lambda.FunctionProcess;
import org.touchstone.emulators.lambda.Invocation;
import org.touchstone.emulators.lambda.LoopbackAccount;

/**
 * Measures a cold start of each function under Lambda's runtime: time from process start to the
 * first answer, the second answer, resident memory after it, and size of the zip. It runs the JVM
 * package or the native one, whichever was built. Baseline: the start of a JVM that does nothing.
 * It does not cover what AWS does before: fetching the package and starting the machine.
 */
final class FunctionsBench {
  private static final int STARTS = 7;

  private FunctionsBench() {}

  static void run(Path root) throws Exception {
    try (TempFolder work = TempFolder.create();
        LoopbackAccount account = new LoopbackAccount()) {
      baseline();
      for (DeployedFunction function : DeployedFunction.values()) {
        FunctionPackage unpacked =
            FunctionPackage.unpack(
                function.zip(root.resolve("functions")), work.path().resolve(function.name()));
        measure(function, unpacked, account);
      }
    }
  }

  private static void baseline() throws IOException, InterruptedException {
    double[] millis = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      long start = System.nanoTime();
      try (ChildProcess java =
          ChildProcess.start(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--version"))) {
        java.process().waitFor();
      }
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT, "a JVM that does nothing (baseline): %.0f ms%n", millis[STARTS / 2]);
  }

  private static void measure(
      DeployedFunction function, FunctionPackage unpacked, LoopbackAccount account)
      throws Exception {
    double[] first = new double[STARTS];
    double[] second = new double[STARTS];
    long[] memory = new long[STARTS];
    for (int i = 0; i < STARTS; i++) {
      String event = event(function, account);
      String next = event(function, account);
      long start = System.nanoTime();
      try (FunctionProcess process =
          new FunctionProcess(unpacked, account.environment(function.environment()))) {
        answer(process, event);
        long answered = System.nanoTime();
        first[i] = (answered - start) / 1e6;
        answer(process, next);
        second[i] = (System.nanoTime() - answered) / 1e6;
        memory[i] = process.residentMegabytes();
      }
    }
    Arrays.sort(first);
    Arrays.sort(second);
    Arrays.sort(memory);
    System.out.printf(
        Locale.ROOT,
        "%-15s %-7s first answer %5.0f ms (%.0f to %.0f), second %4.0f ms, %3d MB resident, zip %.1f MB%n",
        function.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        unpacked.isNative() ? "native" : "JVM",
        first[STARTS / 2],
        first[0],
        first[STARTS - 1],
        second[STARTS / 2],
        memory[STARTS / 2],
        unpacked.zipBytes() / 1e6);
  }

  private static void answer(FunctionProcess process, String event)
      throws InterruptedException, IOException {
    if (process.invoke(event, Events.TRACE) instanceof Invocation.Failure failure) {
      throw new IOException(failure.payload());
    }
  }

  private static String event(DeployedFunction function, LoopbackAccount account) {
    return switch (function) {
      case INTAKE ->
          Events.apiRequest(
              "POST",
              "/v1/analyses",
              "\"{\\\"url\\\": \\\"https://example.org/a.jpg\\\"}\"",
              account.newApiKey());
      case RESOLVE ->
          "{\"analysisId\": \"%s\"}"
              .formatted(
                  Events.requested(
                      account.analyses(), AnalysisInput.ofUrl("http://169.254.169.254/")));
      case VOTE ->
          "{\"analysisId\": \"%s\", \"jobs\": []}".formatted(Events.reported(account.analyses()));
      case RECORD_FAILURE ->
          "{\"analysisId\": \"%s\", \"error\": \"States.Timeout\"}"
              .formatted(Events.reported(account.analyses()));
      case SWEEP, EXPORT -> "{}";
      case BUYING ->
          "{\"resource\": \"/v1/marketplace/register\", \"httpMethod\": \"POST\","
              + " \"headers\": {}, \"body\": \"a=b\"}";
      case NOTICES -> Events.messages("\"not a notice\"");
      case CALLBACKS -> Events.callback("0".repeat(26), "\"{}\"");
      case BATCHES -> Events.messages("\"{}\"");
      case WEBHOOKS ->
          Events.messages(
              Json.string(
                  Json.string(
                      Map.of(
                          "detail-type",
                          "AnalysisEnded",
                          "detail",
                          Map.of("analysisId", Events.reported(account.analyses()))))));
      case END_LOST_JOB, PARTNERS ->
          Events.messages(
              Json.string(Json.string(Events.job(Events.reported(account.analyses()), "token"))));
    };
  }
}
