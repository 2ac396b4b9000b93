package org.touchstone.infra.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.touchstone.infra.config.RecogniserConfig.Provider;

/** What the template needs of a recogniser; the endpoint that asks it checks the rest. */
final class RecogniserRules {
  /** Of Lambda's 4 KiB for a function's environment. */
  private static final int MOST_BYTES = 1500;

  /** A function has 15 minutes; the rest is for fetching and decoding. */
  private static final int MOST_SECONDS = 780;

  private final Problems problems;

  RecogniserRules(Problems problems) {
    this.problems = problems;
  }

  void check(RecogniserConfig recogniser, List<EndpointConfig> endpoints) {
    if (recogniser == null) {
      return;
    }
    boolean http = recogniser.provider() == Provider.OPENAI_COMPATIBLE;
    problems.require(recogniser.provider() != null, "recogniser.provider: is missing.");
    problems.matches(
        "recogniser.address",
        recogniser.address(),
        Names.HTTPS,
        "an address that begins with https://");
    if (http) {
      problems.given("recogniser.address", recogniser.address());
      problems.given("recogniser.model", recogniser.model());
      problems.require(
          recogniser.region() == null, "recogniser.region: is only for amazon-transcribe.");
    } else {
      problems.require(
          recogniser.address() == null && recogniser.model() == null && recogniser.secret() == null,
          "recogniser: address, model and secret are only for openai-compatible.");
    }
    problems.matches(
        "recogniser.region", recogniser.region(), Names.REGION, "a region such as us-east-1");
    problems.matches(
        "recogniser.secret",
        recogniser.secret(),
        Names.DETECTOR,
        "a name of lower-case letters and digits");
    if (recogniser.seconds() != null) {
      problems.between("recogniser.seconds", recogniser.seconds(), 1, MOST_SECONDS);
    }
    problems.require(
        endpoints.stream()
            .anyMatch(
                endpoint ->
                    endpoint.compute() == Compute.CPU && endpoint.tracks().contains(Track.AUDIO)),
        "recogniser: no endpoint with compute: cpu processes audio, and no other asks one.");
    String json = recogniser.json();
    problems.require(
        json.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES,
        "recogniser: its description is longer than " + MOST_BYTES + " bytes of JSON.");
    problems.require(!json.contains("${"), "recogniser: must not contain \"${\".");
  }
}
