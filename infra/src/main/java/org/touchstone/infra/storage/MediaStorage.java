package org.touchstone.infra.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.DeploymentConfig.StorageConfig;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CorsRule;
import software.amazon.awscdk.services.s3.HttpMethods;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * The one bucket: media, analyses, usage, policies and models. It is encrypted, closed to the
 * public and reachable over TLS only. Lifecycle rules delete expired objects.
 */
public final class MediaStorage extends Construct {
  /** Days for which unfinished fetches and uploads are kept. */
  private static final int TRANSIENT_DAYS = 1;

  /** Days for which what was delivered to webhooks is listed. */
  private static final int DELIVERY_DAYS = 30;

  /** Days for which the bot knows what it answered; a post is asked about for a week at most. */
  private static final int MENTION_DAYS = 30;

  private static final int NONCURRENT_DAYS = 7;

  /** How long a browser believes what the bucket allows to a page. */
  private static final int PREFLIGHT_SECONDS = 3600;

  private final Bucket bucket;
  private final Key key;

  public MediaStorage(Construct scope, String id, DeploymentConfig config) {
    super(scope, id);
    StorageConfig storage = config.storage();
    RemovalPolicy removal = config.deletable() ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    key =
        storage.kms()
            ? Key.Builder.create(this, "Key")
                .description("Encrypts Touchstone's bucket and secrets")
                .enableKeyRotation(true)
                .removalPolicy(removal)
                .build()
            : null;
    bucket =
        Bucket.Builder.create(this, "Bucket")
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .enforceSsl(true)
            .minimumTlsVersion(1.2)
            .encryption(key == null ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS)
            .encryptionKey(key)
            .bucketKeyEnabled(key != null)
            .versioned(storage.versioned())
            .removalPolicy(removal)
            .lifecycleRules(lifecycle(storage))
            .build();
    protectAuditLog();
    Suppressions.suppress(
        bucket,
        "AwsSolutions-S1",
        "Access logs would be a second store of who looked at which medium, with its own retention;"
            + " an organisation that needs them has CloudTrail's data events.");
  }

  /** Nobody replaces an entry of the audit log: only writes that create an object are accepted. */
  private void protectAuditLog() {
    bucket.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .effect(Effect.DENY)
            .principals(List.of(new AnyPrincipal()))
            .actions(List.of("s3:PutObject"))
            .resources(List.of(bucket.arnForObjects("audit/*")))
            .conditions(Map.of("Null", Map.of("s3:if-none-match", "true")))
            .build());
  }

  private static List<LifecycleRule> lifecycle(StorageConfig storage) {
    List<LifecycleRule> rules = new ArrayList<>();
    rules.add(
        LifecycleRule.builder()
            .id("unfinished-uploads")
            .abortIncompleteMultipartUploadAfter(Duration.days(TRANSIENT_DAYS))
            .build());
    rules.add(expire("incoming", "incoming/", TRANSIENT_DAYS));
    rules.add(expire("uploads", "uploads/", TRANSIENT_DAYS));
    rules.add(expire("callbacks", "callbacks/", TRANSIENT_DAYS));
    rules.add(expire("sessions", "sessions/", TRANSIENT_DAYS));
    rules.add(expire("slots", "slots/", TRANSIENT_DAYS));
    rules.add(expire("webhooks", "webhooks/", DELIVERY_DAYS));
    rules.add(expire("mentions", "mentions/", MENTION_DAYS));
    rules.add(expire("condemned", "condemned/", TRANSIENT_DAYS));
    rules.add(expire("media", "media/", storage.mediaDays()));
    if (storage.evidenceDays() > 0) {
      for (String prefix :
          List.of(
              "analyses", "accounts", "batches", "reports", "references", "feedback", "shares")) {
        rules.add(expire(prefix, prefix + "/", storage.evidenceDays()));
      }
    }
    if (storage.versioned()) {
      rules.add(
          LifecycleRule.builder()
              .id("overwritten")
              .noncurrentVersionExpiration(Duration.days(NONCURRENT_DAYS))
              .expiredObjectDeleteMarker(true)
              .build());
    }
    return rules;
  }

  private static LifecycleRule expire(String id, String prefix, int days) {
    return LifecycleRule.builder().id(id).prefix(prefix).expiration(Duration.days(days)).build();
  }

  /**
   * Lets web pages send files to the bucket and read them, with a link that was signed for them.
   *
   * @param origins the pages' addresses, without a path
   */
  public void allowPages(List<String> origins) {
    bucket.addCorsRule(
        CorsRule.builder()
            .allowedOrigins(origins)
            .allowedMethods(List.of(HttpMethods.PUT, HttpMethods.GET, HttpMethods.HEAD))
            .allowedHeaders(List.of("content-type"))
            .exposedHeaders(List.of("ETag"))
            .maxAge(PREFLIGHT_SECONDS)
            .build());
  }

  public Bucket bucket() {
    return bucket;
  }

  /** The key that encrypts the bucket, if it has its own. */
  public Optional<Key> key() {
    return Optional.ofNullable(key);
  }
}
