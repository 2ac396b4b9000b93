package org.touchstone.infra.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.infra.ShippedDescriptor;

/**
 * Compares the tables of settings and permissions with the needs that the deployed modules declare:
 * a setting or a call that is added there but not here fails these tests.
 */
class ContractTest {
  private static final String ENDPOINT = "gpu-containers/endpoint";
  private static final String CPU_ENDPOINT = "gpu-containers/lambda";

  /** Settings that deployments leave at their defaults, or for trials elsewhere than on AWS. */
  private static final List<String> LEFT_AT_DEFAULT =
      List.of(
          "touchstone.upload.max-bytes",
          "touchstone.sfn.endpoint",
          "touchstone.region",
          "touchstone.fetch.",
          "touchstone.media.",
          // The image of the resolver says where its programs are.
          "touchstone.ffprobe.",
          "touchstone.ffmpeg.",
          "touchstone.resolver.yt-dlp",
          // For voters on one machine, and the disk of the function.
          "touchstone.partners.allow-private",
          "touchstone.partners.secrets-file",
          "touchstone.partners.work-folder",
          // For products on one machine, and for tests.
          "touchstone.billing.secrets-file",
          "touchstone.billing.marketplace-endpoint",
          "touchstone.billing.stripe-endpoint",
          // For a bot on one machine.
          "touchstone.mentions.secrets-file",
          // Only a machine of one's own may serve everybody.
          "touchstone.api.open",
          "touchstone.api.requests-per-minute",
          "touchstone.batches.at-once",
          // The lists of the bucket are read from time to time.
          "touchstone.trust.",
          // Keys come from secrets.
          "touchstone.platforms.");

  @ParameterizedTest
  @EnumSource
  void givesAFunctionWhatItCannotStartWithout(FunctionSpec spec) {
    assertThat(given(spec)).containsAll(descriptor(spec).requiredSettings());
  }

  @ParameterizedTest
  @EnumSource
  void knowsEverySettingThatAFunctionReads(FunctionSpec spec) {
    Set<String> unknown = descriptor(spec).settings();
    unknown.removeAll(given(spec));
    unknown.removeIf(key -> LEFT_AT_DEFAULT.stream().anyMatch(key::startsWith));
    // One package holds three functions; the policy concerns the one that votes.
    unknown.removeIf(
        key ->
            key.equals(Setting.VOTING_POLICY.property())
                && spec != FunctionSpec.VOTE
                && spec.module().equals(FunctionSpec.VOTE.module()));
    // Whoever settles what an analysis owes tells nobody of caps: those are met at its start.
    unknown.removeIf(
        key ->
            (spec == FunctionSpec.SWEEP || spec.module().equals(FunctionSpec.VOTE.module()))
                && key.equals("touchstone.queues.events"));
    // Whoever receives callbacks in the same package knows no voter and asks nobody.
    unknown.removeIf(
        key -> spec == FunctionSpec.CALLBACKS && given(FunctionSpec.PARTNERS).contains(key));
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void givesAFunctionNothingThatItDoesNotRead(FunctionSpec spec) {
    Set<String> given = given(spec);
    given.remove(Setting.HANDLER.property());
    assertThat(descriptor(spec).settings()).containsAll(given);
  }

  @Test
  void leavesNothingAtItsDefaultThatNoFunctionReads() {
    assertThat(LEFT_AT_DEFAULT)
        .allMatch(
            start ->
                specs()
                    .flatMap(spec -> descriptor(spec).settings().stream())
                    .anyMatch(key -> key.startsWith(start)));
  }

  @ParameterizedTest
  @EnumSource
  void deploysEveryHandlerOfAModule(FunctionSpec spec) {
    assertThat(descriptor(spec).handlers())
        .isEqualTo(
            specs()
                .filter(other -> other.module().equals(spec.module()) && other.handler() != null)
                .map(FunctionSpec::handler)
                .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource
  void givesAFunctionThePermissionsThatItUsesAndNoMore(FunctionSpec spec) {
    assertThat(actions(spec.grants())).isEqualTo(needed(descriptor(spec).permissions(spec)));
  }

  @Test
  void givesEndpointsThePermissionsThatTheyUseAndNoMore() {
    Set<String> byContainer = needed(ShippedDescriptor.of(ENDPOINT).permissions());
    // Granted only where there is a judge.
    byContainer.removeAll(EndpointSpec.JUDGE.actions());
    assertThat(actions(EndpointSpec.GPU)).isEqualTo(byContainer);
    Set<String> byFunction = needed(ShippedDescriptor.of(CPU_ENDPOINT).permissions());
    byFunction.removeAll(EndpointSpec.POLLING);
    byFunction.removeAll(EndpointSpec.JUDGE.actions());
    // Granted only where a service writes down what is said.
    byFunction.removeAll(RecogniserSpec.SECRET.actions());
    byFunction.remove("s3:DeleteObject");
    assertThat(actions(EndpointSpec.CPU)).isEqualTo(byFunction);
  }

  @Test
  void givesTheJudgeWhatItReadsAndThePermissionsThatItUses() {
    ShippedDescriptor judge = ShippedDescriptor.of(JudgeSpec.MODULE);
    List<Grant> grants = new ArrayList<>(JudgeSpec.GRANTS);
    grants.add(JudgeSpec.SECRET);
    grants.add(JudgeSpec.MODEL);

    assertThat(actions(grants)).isEqualTo(needed(judge.permissions()));
    assertThat(judge.variables())
        .contains(JudgeSpec.DESCRIPTION, JudgeSpec.SECRETS_PREFIX, Setting.BUCKET.variable());
  }

  /** Without permission to list, S3 reports a missing object as forbidden. */
  private static Set<String> needed(Set<String> used) {
    Set<String> needed = new TreeSet<>(used);
    if (used.contains("s3:GetObject")) {
      needed.add("s3:ListBucket");
    }
    return needed;
  }

  private static Set<String> actions(List<Grant> grants) {
    return grants.stream()
        .flatMap(grant -> grant.actions().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> given(FunctionSpec spec) {
    return spec.settings().stream()
        .map(Setting::property)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<FunctionSpec> specs() {
    return Stream.of(FunctionSpec.values());
  }

  private static ShippedDescriptor descriptor(FunctionSpec spec) {
    return ShippedDescriptor.of(spec.module());
  }
}
