package org.touchstone.infra.security;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import org.touchstone.infra.contract.Grant;
import software.constructs.IConstruct;

/** Exceptions from cdk-nag's rules, each with its reason, next to the creation of the resource. */
public final class Suppressions {
  private Suppressions() {}

  /** Suppresses a rule for a resource and all its children. */
  public static void suppress(IConstruct resource, String rule, String reason) {
    NagSuppressions.addResourceSuppressions(
        resource, List.of(NagPackSuppression.builder().id(rule).reason(reason).build()), true);
  }

  /**
   * Suppresses IAM's rule on wildcards for a resource.
   *
   * @param applies which findings: {@code Resource::*}, {@code Action::s3:*} or patterns of them as
   *     regular expressions between slashes
   */
  public static void allowWildcards(IConstruct resource, String reason, List<String> applies) {
    NagSuppressions.addResourceSuppressions(
        resource,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-IAM5")
                .reason(reason)
                .appliesTo(applies.stream().map(Suppressions::finding).toList())
                .build()),
        true);
  }

  /** Suppresses the rule for wildcards in keys of objects, as far as the grants contain them. */
  public static void allowObjects(IConstruct resource, List<Grant> grants) {
    List<String> applies =
        grants.stream()
            .filter(grant -> grant.target() == Grant.Target.OBJECTS)
            .flatMap(grant -> grant.paths().stream())
            .map(
                path ->
                    "/^Resource::<.*\\.Arn>\\/"
                        + path.replace("*", "\\*").replace("/", "\\/")
                        + "$/")
            .distinct()
            .toList();
    if (!applies.isEmpty()) {
      allowWildcards(
          resource,
          "Keys of objects hold ids; the leave is limited to the folders needed.",
          applies);
    }
  }

  private static Object finding(String applies) {
    return applies.startsWith("/") ? RegexAppliesTo.builder().regex(applies).build() : applies;
  }
}
