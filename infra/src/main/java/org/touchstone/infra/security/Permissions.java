package org.touchstone.infra.security;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.touchstone.infra.contract.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * Turns grants into policy statements.
 *
 * @param bucket the bucket
 * @param key the bucket's key, or null
 * @param arns ARNs of the other targets
 */
public record Permissions(IBucket bucket, IKey key, Map<Grant.Target, List<String>> arns) {

  public Permissions {
    arns = Map.copyOf(arns);
  }

  /** These permissions with one more target. */
  public Permissions with(Grant.Target target, String... targetArns) {
    return with(target, List.of(targetArns));
  }

  /** These permissions with one more target. */
  public Permissions with(Grant.Target target, List<String> targetArns) {
    Map<Grant.Target, List<String>> more = new EnumMap<>(Grant.Target.class);
    more.putAll(arns);
    more.put(target, List.copyOf(targetArns));
    return new Permissions(bucket, key, more);
  }

  /** Grants a principal the listed permissions, and those on the key that they require. */
  public void grant(IGrantable to, List<Grant> grants) {
    for (Grant grant : grants) {
      to.getGrantPrincipal()
          .addToPrincipalPolicy(
              PolicyStatement.Builder.create()
                  .actions(grant.actions())
                  .resources(resources(grant))
                  .build());
    }
    if (key != null && grants.stream().anyMatch(g -> g.target() == Grant.Target.OBJECTS)) {
      // Reading decrypts. Writing needs both, especially for uploads in parts.
      to.getGrantPrincipal()
          .addToPrincipalPolicy(
              PolicyStatement.Builder.create()
                  .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                  .resources(List.of(key.getKeyArn()))
                  .build());
    }
  }

  private List<String> resources(Grant grant) {
    return switch (grant.target()) {
      case BUCKET -> List.of(bucket.getBucketArn());
      case OBJECTS -> {
        List<String> objects = new ArrayList<>();
        grant.paths().forEach(path -> objects.add(bucket.arnForObjects(path)));
        yield objects;
      }
      case WORKFLOW, BATCHES, SECRETS, QUEUE, JUDGE_QUEUE, MODEL, TRANSCRIPTIONS, ANYTHING, TASKS ->
          arns.get(grant.target());
    };
  }
}
