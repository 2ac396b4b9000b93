package org.touchstone.infra.contract;

import java.util.Locale;

/** A setting that the stack gives to functions, as an environment variable. */
public enum Setting {
  /** The bucket. */
  BUCKET("touchstone.bucket"),
  /** Whether the bucket keeps old versions of objects. */
  BUCKET_VERSIONED("touchstone.bucket-versioned"),
  /** The namespace of metrics in CloudWatch. */
  METRICS_NAMESPACE("touchstone.metrics.namespace"),
  /** Whether all metrics go there, and not only the standard ones. */
  METRICS_DETAILED("touchstone.metrics.detailed"),
  /** The analysis workflow. */
  STATE_MACHINE_ARN("touchstone.state-machine-arn"),
  /** The id of the first account, to which belongs what was stored before there were others. */
  ACCOUNT("touchstone.account"),
  /** The endpoints for images: {@code name=queueUrl|bulkQueueUrl}, separated by commas. */
  QUEUES_IMAGE("touchstone.queues.image"),
  /** The endpoints for videos' pictures. */
  QUEUES_VIDEO("touchstone.queues.video"),
  /** The endpoints for audio and videos' sound. */
  QUEUES_AUDIO("touchstone.queues.audio"),
  /** The prefix of the names of secrets with platforms' keys. */
  SECRETS_PREFIX("touchstone.platforms.secrets-prefix"),
  /** The version of the voting policy; unset for the bundled one. */
  VOTING_POLICY("touchstone.voting.policy"),
  /** The queues of voters of other organisations; unset without voters. */
  QUEUES_PARTNERS("touchstone.queues.partners"),
  /** These voters as an endpoint of a roster; unset without voters. */
  QUEUES_PARTNERS_VOTERS("touchstone.queues.partners-voters"),
  /** The queues of the judge of what is said; unset without one. */
  QUEUES_JUDGE("touchstone.queues.judge"),
  /** Whether another organisation runs it; unset without one. */
  QUEUES_JUDGE_THIRD_PARTY("touchstone.queues.judge-third-party"),
  /** The queue of events for webhooks. */
  QUEUES_EVENTS("touchstone.queues.events"),
  /** The descriptions of these voters. */
  PARTNERS_VOTERS("touchstone.partners.voters"),
  /** The prefix of the names of their secrets. */
  PARTNERS_SECRETS_PREFIX("touchstone.partners.secrets-prefix"),
  /** The address under which voters that call back reach the API. */
  PARTNERS_PUBLIC_URL("touchstone.partners.public-url"),
  /** The address under which others reach the API, with a slash at the end. */
  PUBLIC_URL("touchstone.public-url"),
  /** Requests that Lambda answers at once in this account and region. */
  API_CONCURRENCY("touchstone.api.concurrency"),
  /** The queue of batches. */
  QUEUES_BATCHES("touchstone.queues.batches"),
  /** What is sold where, in JSON. */
  BILLING_SOLD("touchstone.billing.sold"),
  /** The prefix of the names of secrets of those who bill. */
  BILLING_SECRETS_PREFIX("touchstone.billing.secrets-prefix"),
  /** The name of the organisation's sign-in, as it stands in its tokens; unset without one. */
  SIGN_IN_ISSUER("touchstone.sign-in.issuer"),
  /** This deployment's name there. */
  SIGN_IN_CLIENT_ID("touchstone.sign-in.client-id"),
  /** Where it sends people back to. */
  SIGN_IN_REDIRECT_URI("touchstone.sign-in.redirect-uri"),
  /** Whether its addresses count as verified when it does not say. */
  SIGN_IN_TRUST_EMAILS("touchstone.sign-in.trust-emails"),
  /** The prefix of the name of this deployment's secret there. */
  SIGN_IN_SECRETS_PREFIX("touchstone.sign-in.secrets-prefix"),
  /** The mention bot's settings, in JSON. */
  MENTIONS_BOT("touchstone.mentions.bot"),
  /** The prefix of the names of its secrets. */
  MENTIONS_SECRETS_PREFIX("touchstone.mentions.secrets-prefix"),
  /** The service that analyses for it. */
  MENTIONS_ANALYSIS_URL("touchstone.mentions.analysis-url"),
  /** The form of that service. */
  MENTIONS_ANALYSIS_SHAPE("touchstone.mentions.analysis-shape"),
  /** The handler of the artefact that a function runs. */
  HANDLER("quarkus.lambda.handler");

  private final String property;

  Setting(String property) {
    this.property = property;
  }

  /** The name in the application's configuration. */
  public String property() {
    return property;
  }

  /** Whether a deployment may leave it unset. */
  public boolean isOptional() {
    return switch (this) {
      case VOTING_POLICY,
          QUEUES_PARTNERS,
          QUEUES_PARTNERS_VOTERS,
          QUEUES_JUDGE,
          QUEUES_JUDGE_THIRD_PARTY,
          SIGN_IN_ISSUER,
          SIGN_IN_CLIENT_ID,
          SIGN_IN_REDIRECT_URI,
          SIGN_IN_TRUST_EMAILS,
          SIGN_IN_SECRETS_PREFIX ->
          true;
      default -> false;
    };
  }

  /** The environment variable, by MicroProfile Config's rule. */
  public String variable() {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
