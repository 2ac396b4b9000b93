package org.touchstone.infra.contract;

import static org.touchstone.infra.contract.Grant.delete;
import static org.touchstone.infra.contract.Grant.list;
import static org.touchstone.infra.contract.Grant.listVersions;
import static org.touchstone.infra.contract.Grant.objects;
import static org.touchstone.infra.contract.Grant.on;
import static org.touchstone.infra.contract.Grant.read;
import static org.touchstone.infra.contract.Grant.write;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Every function: its code, size, settings and permissions. */
public enum FunctionSpec {
  /**
   * The REST API. It signs uploads and links to media, so it needs permission to write and read
   * them itself.
   */
  INTAKE(
      "intake",
      "functions/intake",
      null,
      new Size(512, 512, 29),
      EnumSet.of(
          Setting.BUCKET,
          Setting.BUCKET_VERSIONED,
          Setting.METRICS_NAMESPACE,
          Setting.METRICS_DETAILED,
          Setting.STATE_MACHINE_ARN,
          Setting.VOTING_POLICY,
          Setting.ACCOUNT,
          Setting.API_CONCURRENCY,
          Setting.QUEUES_BATCHES,
          Setting.QUEUES_EVENTS,
          Setting.QUEUES_PARTNERS_VOTERS,
          Setting.SIGN_IN_ISSUER,
          Setting.SIGN_IN_CLIENT_ID,
          Setting.SIGN_IN_REDIRECT_URI,
          Setting.SIGN_IN_TRUST_EMAILS,
          Setting.SIGN_IN_SECRETS_PREFIX),
      List.of(
          list(),
          listVersions(),
          read(
              "analyses/*",
              "batches/*",
              "accounts/*",
              "access/*",
              "policies/*",
              "uploads/*",
              "audit/*",
              "people/*",
              "media/*",
              "usage/*",
              "billing/*",
              "slots/*",
              "webhooks/*",
              "usage/*",
              "billing/*",
              "shares/*",
              "sessions/*",
              "roster.json",
              "detectors.json"),
          write(
              "analyses/*",
              "batches/*",
              "accounts/*",
              "access/*",
              "uploads/*",
              "audit/*",
              "people/*",
              "slots/*",
              "webhooks/*",
              "usage/*",
              "billing/*",
              "deletions/*",
              "shares/*",
              "sessions/*",
              "retention/*",
              "feedback/*"),
          // Media are left to the sweep.
          delete("analyses/*", "accounts/*", "feedback/*", "batches/*", "shares/*", "sessions/*"),
          // Reservations that a cap refuses are withdrawn.
          objects(
              List.of("s3:DeleteObject"),
              "people/*",
              "access/webhooks/*",
              "access/members/*",
              "access/account-members/*",
              "billing/*"),
          on(Grant.Target.SECRETS, "secretsmanager:GetSecretValue"),
          on(Grant.Target.EVENTS_QUEUE, "sqs:SendMessage"),
          on(Grant.Target.WORKFLOW, "states:StartExecution"),
          on(Grant.Target.BATCHES, "sqs:SendMessage"),
          on(Grant.Target.EXECUTIONS, "states:StopExecution"))),

  /**
   * From a link or an upload to media in the bucket. Room on disk for a large medium and a copy.
   */
  RESOLVE(
      "resolve",
      "functions/resolver",
      "resolve",
      new Size(2048, 4096, 900),
      EnumSet.of(
          Setting.BUCKET,
          Setting.METRICS_NAMESPACE,
          Setting.METRICS_DETAILED,
          Setting.QUEUES_IMAGE,
          Setting.QUEUES_VIDEO,
          Setting.QUEUES_AUDIO,
          Setting.QUEUES_PARTNERS,
          Setting.QUEUES_PARTNERS_VOTERS,
          Setting.QUEUES_JUDGE,
          Setting.QUEUES_JUDGE_THIRD_PARTY,
          Setting.SECRETS_PREFIX,
          Setting.QUEUES_EVENTS,
          Setting.VOTING_POLICY,
          Setting.HANDLER),
      List.of(
          list(),
          read(
              "analyses/*",
              "uploads/*",
              "media/*",
              "incoming/*",
              "reports/*",
              "policies/*",
              "billing/*",
              "condemned/*",
              "trust/*",
              "roster.json"),
          write("analyses/*", "media/*", "incoming/*", "reports/*", "references/*", "billing/*"),
          objects(List.of("s3:AbortMultipartUpload"), "media/*", "incoming/*"),
          objects(List.of("s3:DeleteObject"), "incoming/*", "billing/*"),
          on(Grant.Target.EVENTS_QUEUE, "sqs:SendMessage"),
          on(Grant.Target.SECRETS, "secretsmanager:GetSecretValue"))),

  /** The vote. */
  VOTE(
      "vote",
      "functions/voting",
      "vote",
      new Size(512, 512, 120),
      EnumSet.of(
          Setting.BUCKET,
          Setting.METRICS_NAMESPACE,
          Setting.METRICS_DETAILED,
          Setting.VOTING_POLICY,
          Setting.HANDLER),
      List.of(
          list(),
          read("analyses/*", "usage/*", "policies/*", "accounts/*", "people/*", "billing/*"),
          write("analyses/*", "usage/*", "accounts/*", "billing/*"),
          objects(List.of("s3:DeleteObject"), "billing/*"))),

  /** Records that an analysis failed. */
  RECORD_FAILURE(
      "record-failure",
      "functions/voting",
      "record-failure",
      new Size(512, 512, 120),
      EnumSet.of(
          Setting.BUCKET, Setting.METRICS_NAMESPACE, Setting.METRICS_DETAILED, Setting.HANDLER),
      List.of(
          list(),
          read("analyses/*", "usage/*", "accounts/*", "people/*", "billing/*"),
          write("analyses/*", "usage/*", "accounts/*", "billing/*"),
          objects(List.of("s3:DeleteObject"), "billing/*"))),

  /** Consumes the dead-letter queues of endpoints. Names the bucket, but never looks into it. */
  END_LOST_JOB(
      "end-lost-job",
      "functions/voting",
      "end-lost-job",
      new Size(512, 512, 30),
      EnumSet.of(
          Setting.BUCKET, Setting.METRICS_NAMESPACE, Setting.METRICS_DETAILED, Setting.HANDLER),
      List.of(on(Grant.Target.WORKFLOW, "states:SendTaskFailure"))),

  /**
   * Asks voters of other organisations; deployed only when some are listed. Room on disk for a
   * medium that is sent.
   */
  PARTNERS(
      "partners",
      "functions/partners",
      "partners",
      new Size(1024, 1024, 300),
      EnumSet.of(
          Setting.BUCKET,
          Setting.PARTNERS_VOTERS,
          Setting.PARTNERS_SECRETS_PREFIX,
          Setting.PARTNERS_PUBLIC_URL,
          Setting.HANDLER),
      List.of(
          list(),
          read("analyses/*", "media/*", "reports/*", "partners/*", "callbacks/*"),
          write("analyses/*", "reports/*", "partners/*", "callbacks/*"),
          on(Grant.Target.SECRETS, "secretsmanager:GetSecretValue"),
          on(Grant.Target.QUEUE, "sqs:SendMessage"),
          on(
              Grant.Target.WORKFLOW,
              "states:SendTaskSuccess",
              "states:SendTaskFailure",
              "states:SendTaskHeartbeat"))),

  /**
   * Receives the callbacks of voters, who have no API key; deployed only when one calls back. So
   * that this says little when it is misled, it reads neither a secret nor an analysis nor a
   * medium: it stores the callback and has the function above look at it.
   */
  CALLBACKS(
      "callbacks",
      "functions/partners",
      "callbacks",
      new Size(512, 512, 29),
      EnumSet.of(Setting.BUCKET, Setting.HANDLER),
      List.of(
          list(),
          read("callbacks/*"),
          write("callbacks/*"),
          on(Grant.Target.QUEUE, "sqs:SendMessage"))),

  /** Starts the analyses of batches one after another, and follows them until all have ended. */
  BATCHES(
      "batches",
      "functions/batches",
      "batches",
      new Size(512, 512, 60),
      EnumSet.of(
          Setting.BUCKET,
          Setting.METRICS_NAMESPACE,
          Setting.METRICS_DETAILED,
          Setting.STATE_MACHINE_ARN,
          Setting.QUEUES_BATCHES,
          Setting.QUEUES_EVENTS,
          Setting.HANDLER),
      List.of(
          list(),
          read("analyses/*", "batches/*", "access/accounts/*", "people/*", "billing/*"),
          write("analyses/*", "accounts/*", "batches/*", "billing/*"),
          // Reservations that a cap refuses are withdrawn.
          objects(List.of("s3:DeleteObject"), "billing/*"),
          on(Grant.Target.WORKFLOW, "states:StartExecution"),
          on(Grant.Target.BATCHES, "sqs:SendMessage"),
          on(Grant.Target.EVENTS_QUEUE, "sqs:SendMessage"))),

  /**
   * Tells accounts' servers of events. Its longest run is shorter than the time after which another
   * worker may repeat an attempt, and than a message's visibility.
   */
  WEBHOOKS(
      "webhooks",
      "functions/webhooks",
      "webhooks",
      new Size(512, 512, 40),
      EnumSet.of(
          Setting.BUCKET,
          Setting.METRICS_NAMESPACE,
          Setting.METRICS_DETAILED,
          Setting.QUEUES_EVENTS,
          Setting.PUBLIC_URL,
          Setting.HANDLER),
      List.of(
          list(),
          read("analyses/*", "people/*", "access/webhooks/*", "webhooks/*", "slots/webhooks/*"),
          write("analyses/*", "access/webhooks/*", "webhooks/*", "slots/webhooks/*"),
          on(Grant.Target.EVENTS_QUEUE, "sqs:SendMessage"))),

  /** Does what is due by the clock: goes on with deletions, ends retention. */
  SWEEP(
      "sweep",
      "functions/upkeep",
      "sweep",
      new Size(512, 512, 300),
      EnumSet.of(
          Setting.BUCKET, Setting.BUCKET_VERSIONED, Setting.STATE_MACHINE_ARN, Setting.HANDLER),
      List.of(
          list(),
          listVersions(),
          read(
              "analyses/*",
              "batches/*",
              "media/*",
              "condemned/*",
              "deletions/*",
              "usage/*",
              "billing/*",
              "webhooks/*"),
          write(
              "analyses/*",
              "batches/*",
              "condemned/*",
              "deletions/*",
              "usage/*",
              "billing/*",
              "audit/*",
              "webhooks/*"),
          delete(
              "analyses/*",
              "batches/*",
              "accounts/*",
              "shares/*",
              "uploads/*",
              "feedback/*",
              "references/*",
              "media/*",
              "reports/*",
              "condemned/*",
              "deletions/*",
              "retention/*",
              "billing/*"),
          on(Grant.Target.EXECUTIONS, "states:StopExecution"))),

  /** Tells usage to AWS Marketplace and Stripe; deployed only when something is sold there. */
  EXPORT(
      "export",
      "functions/billing",
      "export",
      new Size(512, 512, 900),
      EnumSet.of(
          Setting.BUCKET, Setting.BILLING_SOLD, Setting.BILLING_SECRETS_PREFIX, Setting.HANDLER),
      List.of(
          list(),
          read("access/accounts/*", "usage/*", "billing/exports/*"),
          write("billing/exports/*"),
          // An account whose buyer has no subscription any more is ended.
          objects(List.of("s3:PutObject"), "access/accounts/*"),
          objects(List.of("s3:DeleteObject"), "billing/exports/*"),
          on(Grant.Target.SECRETS, "secretsmanager:GetSecretValue"),
          on(Grant.Target.ANYTHING, "aws-marketplace:BatchMeterUsage"))),

  /** What buyers and Stripe call, who have no API key; deployed only when something is sold. */
  BUYING(
      "buying",
      "functions/billing",
      "buying",
      new Size(512, 512, 29),
      EnumSet.of(
          Setting.BUCKET, Setting.BILLING_SOLD, Setting.BILLING_SECRETS_PREFIX, Setting.HANDLER),
      List.of(
          list(),
          read("access/*", "audit/*", "billing/exports/*", "billing/*/first-key.json"),
          write("access/*", "audit/*", "billing/exports/*", "billing/*/first-key.json"),
          on(Grant.Target.SECRETS, "secretsmanager:GetSecretValue"),
          on(Grant.Target.ANYTHING, "aws-marketplace:ResolveCustomer"))),

  /** Works the queue of AWS Marketplace's notices; deployed only when something is sold there. */
  NOTICES(
      "notices",
      "functions/billing",
      "notices",
      new Size(512, 512, 30),
      EnumSet.of(
          Setting.BUCKET, Setting.BILLING_SOLD, Setting.BILLING_SECRETS_PREFIX, Setting.HANDLER),
      List.of(list(), read("access/accounts/*", "audit/*"), write("access/accounts/*", "audit/*"))),

  /**
   * Polls for mentions of the bot and works on those that are open; deployed only with a bot. Its
   * longest run is shorter than the lease of a mention.
   */
  MENTIONS(
      "mentions",
      "functions/mentions",
      "mentions",
      new Size(512, 512, 360),
      Mentions.SETTINGS,
      Mentions.GRANTS),

  /** Answers the mentions that wait for an analysis which has ended; deployed only with a bot. */
  MENTION_REPLIES(
      "mention-replies",
      "functions/mentions",
      "mention-replies",
      new Size(512, 512, 120),
      Mentions.SETTINGS,
      Mentions.GRANTS);

  /** What both functions of the bot have. */
  private static final class Mentions {
    private static final Set<Setting> SETTINGS =
        EnumSet.of(
            Setting.BUCKET,
            Setting.METRICS_NAMESPACE,
            Setting.METRICS_DETAILED,
            Setting.MENTIONS_BOT,
            Setting.MENTIONS_SECRETS_PREFIX,
            Setting.MENTIONS_ANALYSIS_URL,
            Setting.MENTIONS_ANALYSIS_SHAPE,
            Setting.HANDLER);

    private static final List<Grant> GRANTS =
        List.of(
            list(),
            read("mentions/*", "bot/*"),
            write("mentions/*", "bot/*"),
            objects(List.of("s3:DeleteObject"), "mentions/*"),
            // Some platforms' tokens end within hours and are replaced.
            on(
                Grant.Target.SECRETS,
                "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue",
                "secretsmanager:UpdateSecretVersionStage"));
  }

  private final String code;
  private final String module;
  private final String handler;
  private final Size size;
  private final Set<Setting> settings;
  private final List<Grant> grants;

  FunctionSpec(
      String code,
      String module,
      String handler,
      Size size,
      Set<Setting> settings,
      List<Grant> grants) {
    this.code = code;
    this.module = module;
    this.handler = handler;
    this.size = size;
    this.settings = Set.copyOf(settings);
    this.grants = List.copyOf(grants);
  }

  /**
   * What a function is given.
   *
   * @param memoryMb memory in MiB; processors come in proportion
   * @param diskMb room in {@code /tmp} in MiB
   * @param timeoutSeconds longest run
   */
  public record Size(int memoryMb, int diskMb, int timeoutSeconds) {}

  /** The name, without the deployment's prefix. */
  public String code() {
    return code;
  }

  /** The folder of the code, whose {@code target} holds the artefact. */
  public String module() {
    return module;
  }

  /** Which handler of the artefact it is, or null when there is one only. */
  public String handler() {
    return handler;
  }

  public Size size() {
    return size;
  }

  /** What it reads of the environment. */
  public Set<Setting> settings() {
    return settings;
  }

  /** What it may do, beyond writing its own log and traces. */
  public List<Grant> grants() {
    return grants;
  }
}
