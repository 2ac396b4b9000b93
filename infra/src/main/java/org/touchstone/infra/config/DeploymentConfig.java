package org.touchstone.infra.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The operator's choices in {@code touchstone.yaml}. Every key is optional; {@code docs/deploy.md}
 * describes them.
 *
 * @param region AWS region, or null for the region of the credentials
 * @param prefix the start of the names of functions, queues and secrets
 * @param storage how long data are kept
 * @param functions how functions run
 * @param endpoints the endpoints of both lanes
 * @param api the public API
 * @param alarms who receives alarms
 * @param dashboard whether to create one; it is the most expensive part of a deployment at rest
 * @param metrics which metrics CloudWatch keeps
 * @param egress where links may lead
 * @param secrets platforms whose keys get a secret
 * @param votingPolicy version of the voting policy, stored below {@code policies/voting/}, or null
 *     for the bundled one
 * @param voters voters of other organisations; media are sent to those listed here, and to nobody
 *     else
 * @param publicUrl the address under which others reach the API, in links and for voters that call
 *     back, such as that of a proxy before it, or null for the API's own
 * @param judge a language model that judges what is said, or null for none
 * @param recogniser a service that writes down what is said, or null for installed ones only
 * @param billing what is sold on AWS Marketplace and by Stripe, or null for nothing
 * @param bot the mention bot, or null for none
 * @param logDays days for which logs are kept
 * @param deletable whether destroying the stack also deletes the bucket and its contents
 */
public record DeploymentConfig(
    String region,
    String prefix,
    StorageConfig storage,
    FunctionsConfig functions,
    List<EndpointConfig> endpoints,
    ApiConfig api,
    AlarmsConfig alarms,
    Boolean dashboard,
    MetricsConfig metrics,
    EgressConfig egress,
    List<PlatformSecret> secrets,
    String votingPolicy,
    List<VoterConfig> voters,
    JudgeConfig judge,
    RecogniserConfig recogniser,
    BillingConfig billing,
    BotConfig bot,
    String publicUrl,
    Integer logDays,
    boolean deletable) {

  public DeploymentConfig {
    prefix = prefix == null ? "touchstone" : prefix;
    storage = storage == null ? new StorageConfig(null, null, false, false) : storage;
    functions = functions == null ? new FunctionsConfig(null, null, null, null, null) : functions;
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    api = api == null ? new ApiConfig(null, null, false, null, null, null, null) : api;
    alarms = alarms == null ? new AlarmsConfig(null) : alarms;
    dashboard = dashboard == null || dashboard;
    metrics = metrics == null ? new MetricsConfig(false) : metrics;
    secrets = secrets == null ? List.of(PlatformSecret.values()) : List.copyOf(secrets);
    voters = voters == null ? List.of() : List.copyOf(voters);
    logDays = logDays == null ? 30 : logDays;
  }

  /**
   * Retention of stored data.
   *
   * @param mediaDays days for which fetched and uploaded media are kept
   * @param evidenceDays days for which analyses, reports and verdicts are kept; 0 keeps them
   *     forever
   * @param kms whether the deployment's own KMS key encrypts the bucket and the secrets
   * @param versioned whether the bucket keeps overwritten and deleted objects for 7 more days
   */
  public record StorageConfig(
      Integer mediaDays, Integer evidenceDays, boolean kms, boolean versioned) {
    public StorageConfig {
      mediaDays = mediaDays == null ? 30 : mediaDays;
      evidenceDays = evidenceDays == null ? 90 : evidenceDays;
    }
  }

  /**
   * How functions run.
   *
   * @param mode as native executables, or on a JVM with SnapStart
   * @param architecture of the processors
   * @param resolver as a container image with ffmpeg and yt-dlp, or as a zip
   * @param resolverImage an image in ECR to use, by digest or tag, instead of building one
   * @param ffmpegLayer ARN of a layer with {@code bin/ffmpeg} and {@code bin/ffprobe}, for a zip
   *     resolver
   */
  public record FunctionsConfig(
      Mode mode,
      Architecture architecture,
      Packaging resolver,
      String resolverImage,
      String ffmpegLayer) {
    public FunctionsConfig {
      mode = mode == null ? Mode.NATIVE : mode;
      architecture = architecture == null ? Architecture.ARM64 : architecture;
      resolver = resolver == null ? Packaging.IMAGE : resolver;
    }
  }

  /** How a function's code is run. */
  public enum Mode {
    @JsonProperty("native")
    NATIVE,
    @JsonProperty("jvm")
    JVM
  }

  /** Processors of Lambda. */
  public enum Architecture {
    @JsonProperty("arm64")
    ARM64,
    @JsonProperty("x86-64")
    X86_64
  }

  /** The form in which a function is deployed. */
  public enum Packaging {
    @JsonProperty("image")
    IMAGE,
    @JsonProperty("zip")
    ZIP
  }

  /** A platform that requires keys. */
  public enum PlatformSecret {
    @JsonProperty("x")
    X("{\"bearerToken\": \"...\"}"),
    @JsonProperty("reddit")
    REDDIT("{\"appId\": \"...\", \"appSecret\": \"...\"}"),
    @JsonProperty("vetric")
    VETRIC("{\"instagramKey\": \"...\", \"facebookKey\": \"...\"}"),
    @JsonProperty("google")
    GOOGLE("{\"apiKey\": \"...\"}");

    private final String shape;

    PlatformSecret(String shape) {
      this.shape = shape;
    }

    /** The JSON that the resolver reads; every field is optional. */
    public String shape() {
      return shape;
    }
  }

  /**
   * The public API.
   *
   * @param requestsPerSecond steady rate allowed for all callers together
   * @param burst requests allowed at once
   * @param waf whether AWS WAF protects the API
   * @param domain a custom domain name, or null for API Gateway's
   * @param concurrency requests that Lambda answers at once in this account and region; a tenth of
   *     them may wait
   * @param origins addresses of web pages, other than the deployment's own, that may send files to
   *     the bucket and read them with a signed link
   * @param signIn the organisation's sign-in, or null without one
   */
  public record ApiConfig(
      Integer requestsPerSecond,
      Integer burst,
      boolean waf,
      DomainConfig domain,
      Integer concurrency,
      List<String> origins,
      SignInConfig signIn) {
    public ApiConfig {
      requestsPerSecond = requestsPerSecond == null ? 20 : requestsPerSecond;
      burst = burst == null ? 40 : burst;
      concurrency = concurrency == null ? 1000 : concurrency;
      origins = origins == null ? List.of() : List.copyOf(origins);
    }
  }

  /**
   * The sign-in of members at an OpenID Connect provider.
   *
   * @param issuer the provider's name, as it stands in its tokens
   * @param clientId this deployment's name at the provider
   * @param trustEmails whether addresses count as verified when the provider does not say
   */
  public record SignInConfig(String issuer, String clientId, boolean trustEmails) {}

  /**
   * A domain name for the API.
   *
   * @param name the name
   * @param certificate ARN of an ACM certificate for it, in the same region
   */
  public record DomainConfig(String name, String certificate) {}

  /**
   * Recipients of alarms.
   *
   * @param email an address, or null for a topic without subscribers
   */
  public record AlarmsConfig(String email) {}

  /**
   * The metrics that CloudWatch keeps; it charges for each.
   *
   * @param detailed whether all are kept, and not only the standard ones; the others are fields of
   *     log lines in either case
   */
  public record MetricsConfig(boolean detailed) {}

  /**
   * Puts the resolver behind a network firewall. Exactly one of the lists is given. Entries are
   * names; a leading dot includes all names below.
   *
   * @param allow the only names that may be visited, apart from AWS's own
   * @param deny names that may not be visited
   */
  public record EgressConfig(List<String> allow, List<String> deny) {
    public EgressConfig {
      allow = allow == null ? List.of() : List.copyOf(allow);
      deny = deny == null ? List.of() : List.copyOf(deny);
    }
  }
}
