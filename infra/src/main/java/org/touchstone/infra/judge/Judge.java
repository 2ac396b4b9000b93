package org.touchstone.infra.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.config.CpuEndpointConfig;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.JudgeConfig;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.contract.JudgeSpec;
import org.touchstone.infra.contract.Setting;
import org.touchstone.infra.functions.ImageFunction;
import org.touchstone.infra.queues.JobQueue;
import org.touchstone.infra.security.KeySecrets;
import org.touchstone.infra.security.Permissions;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/**
 * The judge of what is said: a queue to which endpoints send jobs on, the function that asks a
 * language model, and an empty secret for its key.
 */
public final class Judge extends Construct {
  /** Questions at once. */
  private static final int MAX_CONCURRENCY = 5;

  private final JudgeConfig config;
  private final JobQueue jobs;
  private final KeySecrets secrets;
  private ImageFunction asking;

  /**
   * @param key encrypts the secret, or null for Secrets Manager's own key
   */
  public Judge(Construct scope, String id, DeploymentConfig deployment, IKey key) {
    super(scope, id);
    config = deployment.judge();
    secrets = new KeySecrets(this, deployment.prefix() + "/judge/", key);
    jobs =
        new JobQueue(
            this,
            "Queue",
            deployment,
            "judge",
            "the judge of what is said",
            JobQueue.visibilityForFunction(JudgeSpec.TIMEOUT_SECONDS));
    if (config.secret() != null) {
      secrets.add(
          "Secret", config.secret(), "The key with which the judge of what is said is asked");
    }
  }

  /** Creates the function that works the queue. */
  public void work(DeploymentConfig deployment, Artefacts artefacts, Permissions permissions) {
    Map<String, String> environment = new TreeMap<>();
    environment.put(Setting.BUCKET.variable(), permissions.bucket().getBucketName());
    environment.put(JudgeSpec.DESCRIPTION, config.json());
    environment.put(JudgeSpec.SECRETS_PREFIX, secrets.prefix());
    asking =
        new ImageFunction(
            this,
            "Asking",
            deployment,
            new ImageFunction.Spec(
                deployment.prefix() + "-judge",
                "the judge",
                JudgeSpec.MEMORY_MB,
                JudgeSpec.DISK_MB,
                JudgeSpec.TIMEOUT_SECONDS,
                image(deployment),
                JudgeSpec.HANDLER),
            environment,
            artefacts);
    List<Grant> grants = new ArrayList<>(JudgeSpec.GRANTS);
    Permissions more = permissions;
    if (config.secret() != null) {
      grants.add(JudgeSpec.SECRET);
      more = more.with(Grant.Target.SECRETS, secrets.arnPattern());
    }
    if (config.provider() == JudgeConfig.Provider.BEDROCK) {
      grants.add(JudgeSpec.MODEL);
      more = more.with(Grant.Target.MODEL, models());
    }
    more.grant(asking.role(), grants);
    Suppressions.allowObjects(asking.role(), grants);
    Suppressions.allowWildcards(
        asking.role(),
        "Names of secrets end in random characters, and a profile may ask its model in several"
            + " regions; limited to the judge's secret and its model.",
        List.of(
            "/^Resource::arn:.*:secretsmanager:.*judge\\/\\*$/",
            "/^Resource::arn:.*:bedrock:\\*::foundation-model\\/.*$/"));
    jobs.workedBy(asking.live(), MAX_CONCURRENCY);
  }

  /** An image that CPU endpoints are given serves the judge too. */
  private static String image(DeploymentConfig deployment) {
    return deployment.endpoints().stream()
        .filter(CpuEndpointConfig.class::isInstance)
        .map(endpoint -> endpoint.image())
        .filter(image -> image != null)
        .findFirst()
        .orElse(null);
  }

  /** The model, and the model behind an inference profile, whose name has a region before it. */
  private String[] models() {
    String region = config.region() == null ? Stack.of(this).getRegion() : config.region();
    String partition = Stack.of(this).getPartition();
    String account = Stack.of(this).getAccount();
    String bare = config.model().replaceFirst("^(us|us-gov|eu|apac|jp|au|ca|global)\\.", "");
    if (bare.equals(config.model())) {
      return new String[] {
        "arn:" + partition + ":bedrock:" + region + "::foundation-model/" + bare
      };
    }
    return new String[] {
      "arn:%s:bedrock:%s:%s:inference-profile/%s"
          .formatted(partition, region, account, config.model()),
      "arn:" + partition + ":bedrock:*::foundation-model/" + bare
    };
  }

  /** Jobs that endpoints sent on. */
  public JobQueue jobs() {
    return jobs;
  }

  /** The function that asks, once it has been created. */
  public Function function() {
    return asking.function();
  }
}
