package org.touchstone.infra.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.touchstone.infra.config.JudgeConfig.Provider;

/** What the template needs of a judge; the function that asks it checks the rest. */
final class JudgeRules {
  /** Lambda's limit of 4 KiB for a function's environment, less what else is in it. */
  private static final int MOST_BYTES = 3000;

  private static final int MOST_SECONDS = 240;
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:/-]{1,200}");

  private final Problems problems;

  JudgeRules(Problems problems) {
    this.problems = problems;
  }

  void check(JudgeConfig judge, List<EndpointConfig> endpoints) {
    if (judge == null) {
      return;
    }
    problems.require(judge.provider() != null, "judge.provider: is missing.");
    problems.given("judge.model", judge.model());
    problems.matches("judge.model", judge.model(), MODEL, "a model's name");
    problems.matches("judge.region", judge.region(), Names.REGION, "a region such as us-east-1");
    problems.matches(
        "judge.secret", judge.secret(), Names.DETECTOR, "a name of lower-case letters and digits");
    problems.matches(
        "judge.address", judge.address(), Names.HTTPS, "an address that begins with https://");
    problems.require(
        judge.provider() != Provider.OPENAI_COMPATIBLE || judge.address() != null,
        "judge.address: is missing; only bedrock has one of its own.");
    if (judge.seconds() != null) {
      problems.between("judge.seconds", judge.seconds(), 1, MOST_SECONDS);
    }
    problems.require(
        endpoints.stream().anyMatch(endpoint -> endpoint.tracks().contains(Track.AUDIO)),
        "judge: no endpoint processes audio, so there is nothing to judge.");
    String json = judge.json();
    problems.require(
        json.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES,
        "judge: its description is longer than " + MOST_BYTES + " bytes of JSON.");
    problems.require(!json.contains("${"), "judge: must not contain \"${\".");
  }
}
