package org.touchstone.storage;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Compute;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.webhook.Webhook;

/**
 * The layout of the bucket. Every part of a key that comes from outside is checked against a fixed
 * set of characters, so that no id can reach the objects of another.
 */
final class Keys {
  /** The roster of detectors. */
  static final String ROSTER = "roster.json";

  /** What is known of the detectors, beside the roster. */
  static final String DETECTORS = "detectors.json";

  /** The deployed endpoints, of which the roster is made. */
  static final String ENDPOINTS = "endpoints.json";

  static final String ACCOUNTS = "access/accounts/";

  /** What was delivered to webhooks. */
  static final String WEBHOOKS = "webhooks/";

  /** Deletions that are not finished. */
  static final String DELETIONS = "deletions/";

  /** Analyses that are deleted soon after their end. */
  static final String RETENTION = "retention/";

  /** Opinions on verdicts, by when their analyses were accepted. */
  static final String FEEDBACK = "feedback/";

  /** The audit log. Never deleted by a rule. */
  static final String AUDIT = "audit/";

  private static final Pattern ACCOUNT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern KEY_ID = Pattern.compile("[0-9a-z]{13}");
  private static final Pattern SLOT_GROUP = Pattern.compile("[a-z]+(/[A-Za-z0-9_-]{1,64})?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** A model version as in manifests, with possible additions by a detector. */
  private static final Pattern MODEL_VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern EVENT_ID = Pattern.compile("evt_[0-9a-f]{32}");
  private static final Pattern MEDIA_ID = Pattern.compile("[0-9a-f]{32}");

  private static final long LATEST_MILLIS = 999_999_999_999_999L;
  private static final Pattern RETAINED =
      Pattern.compile(RETENTION + "([0-9]{11})-(" + Ids.ID + ")");

  private Keys() {}

  static String analysis(String id) {
    return "analyses/" + analysisId(id) + "/";
  }

  static String reports(String id) {
    return analysis(id) + "reports/";
  }

  static String report(String id, String mediaId, String endpoint) {
    return reports(id)
        + checked(mediaId, MEDIA_ID, "media id")
        + "/"
        + checked(endpoint, NAME, "endpoint name")
        + ".json";
  }

  /** An account. Not beside its analyses, which expire after a while. */
  static String account(String accountId) {
    return ACCOUNTS + accountId(accountId) + ".json";
  }

  /** An API key, without its text. */
  static String apiKey(String keyId) {
    return "access/keys/" + checked(keyId, KEY_ID, "key id") + ".json";
  }

  static String accountKeys(String accountId) {
    return "access/account-keys/" + accountId(accountId) + "/";
  }

  /** An empty object that lists a key under its account. */
  static String accountKey(String accountId, String keyId) {
    return accountKeys(accountId) + checked(keyId, KEY_ID, "key id");
  }

  /**
   * What people decided for an account or for the deployment, whose folder no account id can name.
   */
  static String people(Holder holder, String accountId) {
    return "people/" + (holder == Holder.DEPLOYMENT ? "@deployment" : accountId(accountId)) + "/";
  }

  /** An empty object that says that there is anything of the kind. */
  static String anyPeople(Holder holder, String accountId) {
    return people(holder, accountId) + "any";
  }

  static boolean isAccountId(String id) {
    return id != null && ACCOUNT_ID.matcher(id).matches();
  }

  static boolean isKeyId(String id) {
    return id != null && KEY_ID.matcher(id).matches();
  }

  static String accountAnalyses(String accountId) {
    return "accounts/" + accountId(accountId) + "/analyses/";
  }

  /** Later analyses sort before earlier ones. */
  static String accountAnalysis(AnalysisRequest request) {
    return accountAnalysis(request.accountId(), request.createdAt(), request.id());
  }

  static String accountAnalysis(String accountId, Instant createdAt, String id) {
    return accountAnalyses(accountId) + newestFirst(createdAt, id);
  }

  private static String newestFirst(Instant createdAt, String id) {
    return inverted(createdAt) + "-" + analysisId(id);
  }

  /** A deletion, by when its next part is due. */
  static String deletion(Deletion deletion) {
    return DELETIONS
        + seconds(deletion.due())
        + "-"
        + analysisId(deletion.analysisId())
        + "-"
        + deletion.stage().name().toLowerCase(Locale.ROOT)
        + ".json";
  }

  /** Sorts after all deletions that are due at an instant, and before the others. */
  static String deletionsAfter(Instant now) {
    return DELETIONS + seconds(now.plusSeconds(1));
  }

  /** An empty object that lists an analysis which is deleted soon after its end. */
  static String retention(Instant createdAt, String id) {
    return RETENTION + seconds(createdAt) + "-" + analysisId(id);
  }

  /** What such an object lists; empty for another key. */
  static Optional<RetentionList.Entry> retained(String key) {
    Matcher matcher = RETAINED.matcher(key);
    return matcher.matches()
        ? Optional.of(
            new RetentionList.Entry(
                matcher.group(2), Instant.ofEpochSecond(Long.parseLong(matcher.group(1)))))
        : Optional.empty();
  }

  private static String seconds(Instant at) {
    return "%011d".formatted(at.getEpochSecond());
  }

  /** The analyses that refer to a medium. */
  static String references(String sha256) {
    return "references/" + sha256(sha256) + "/";
  }

  /** An empty object that says that an analysis uses a medium. */
  static String reference(String sha256, String accountId, String id) {
    return references(sha256) + accountId(accountId) + "/" + analysisId(id);
  }

  /** The media that an analysis refers to. */
  static String analysisReferences(String id) {
    return analysis(id) + "references/";
  }

  static String analysisReference(String id, String sha256) {
    return analysisReferences(id) + sha256(sha256);
  }

  /** Says that somebody is about to delete a medium. */
  static String condemned(String sha256) {
    return "condemned/" + sha256(sha256) + ".json";
  }

  /** The opinion of a key's holder on an analysis' verdict. */
  static String feedback(String id, String keyId) {
    return feedbackOf(id) + checked(keyId, ACCOUNT_ID, "key id") + ".json";
  }

  static String feedbackOf(String id) {
    return analysis(id) + "feedback/";
  }

  /** The places in the list of all opinions of those on one analysis. */
  static String feedbackEntries(Instant createdAt, String id) {
    return FEEDBACK + newestFirst(createdAt, id) + "-";
  }

  /** The place of an opinion in the list of all. */
  static String feedbackEntry(Instant createdAt, String id, String keyId) {
    return feedbackEntries(createdAt, id) + checked(keyId, ACCOUNT_ID, "key id");
  }

  /** An instant in 15 digits, of which later ones sort before earlier ones. */
  static String inverted(Instant at) {
    long inverted = LATEST_MILLIS - at.toEpochMilli();
    if (inverted < 0 || inverted > LATEST_MILLIS) {
      throw new IllegalArgumentException("an instant before 1970 or after the year 33658");
    }
    return "%015d".formatted(inverted);
  }

  /** What belongs to a batch. */
  static String batch(String accountId, String id) {
    return "batches/" + accountId(accountId) + "/" + checked(id, Ids.ID, "batch id") + "/";
  }

  /** The list of an account's batches; no batch has this id. */
  static String accountBatches(String accountId) {
    return "batches/" + accountId(accountId) + "/list/";
  }

  /** Later batches sort before earlier ones. */
  static String accountBatch(String accountId, String id, Instant createdAt) {
    return accountBatches(accountId) + newestFirst(createdAt, id);
  }

  static String media(String sha256) {
    return "media/" + sha256(sha256);
  }

  /** The temporary key of a medium until its hash is known. */
  static String incoming(String id) {
    return "incoming/" + checked(id, Ids.ID, "id");
  }

  static String upload(String uploadId) {
    return "uploads/" + checked(uploadId, Ids.ID, "upload id");
  }

  /**
   * The key of a cached report. Those of GPUs have the key of all reports of earlier versions,
   * which no model version can make into that of a CPU's: it has no {@code @}.
   */
  static String cachedReport(
      String sha256, String track, String detector, String modelVersion, Compute compute) {
    return cached(sha256, track, detector, modelVersion, compute, ".json");
  }

  private static String cached(
      String sha256,
      String track,
      String detector,
      String modelVersion,
      Compute compute,
      String ending) {
    return "reports/%s/%s/%s/%s%s%s"
        .formatted(
            sha256(sha256),
            track,
            checked(detector, NAME, "detector name"),
            checked(modelVersion, MODEL_VERSION, "model version"),
            compute == Compute.GPU ? "" : "@" + compute.code(),
            ending);
  }

  /** What is kept of a medium for later analyses of the same bytes. */
  static String cachedReports(String sha256) {
    return "reports/" + sha256(sha256) + "/";
  }

  /** The key of a cached provenance, beside the cached reports of its medium. */
  static String cachedProvenance(String sha256, String rulesVersion) {
    return "reports/%s/provenance/%s.json"
        .formatted(sha256(sha256), checked(rulesVersion, MODEL_VERSION, "rules version"));
  }

  /** The key of cached evidence, beside its cached report. */
  static String cachedEvidence(
      String sha256,
      String track,
      String detector,
      String modelVersion,
      Compute compute,
      String ending) {
    return cached(sha256, track, detector, modelVersion, compute, ending);
  }

  static boolean isCachedEvidence(String key, String ending) {
    return key.startsWith("reports/") && key.endsWith(ending);
  }

  static String evidence(String id, String mediaId, String track, String detector, String ending) {
    return analysis(id)
        + "evidence/"
        + checked(mediaId, MEDIA_ID, "media id")
        + "/"
        + track
        + "-"
        + checked(detector, NAME, "detector name")
        + ending;
  }

  /** The key of the cached peaks of a sound, beside the reports on it. */
  static String cachedWaveform(String sha256) {
    return "reports/" + sha256(sha256) + "/waveform.json";
  }

  /** Whether a key is that of evidence in this analysis. */
  static boolean isEvidence(String key, String id) {
    return key.startsWith(analysis(id) + "evidence/");
  }

  static String waveform(String id, String mediaId) {
    return analysis(id) + "evidence/" + checked(mediaId, MEDIA_ID, "media id") + "/waveform.json";
  }

  /** What a voter of another organisation was asked about a medium in an analysis. */
  static String partnerQuestion(String id, String mediaId, String voter) {
    return analysis(id)
        + "partners/"
        + checked(mediaId, MEDIA_ID, "media id")
        + "/"
        + checked(voter, NAME, "voter's name")
        + ".json";
  }

  /** What the judge was asked about the words of a medium in an analysis. */
  static String judgeQuestion(String id, String mediaId) {
    return analysis(id) + "judge/" + checked(mediaId, MEDIA_ID, "media id") + ".json";
  }

  /** What a judge was asked in a month. */
  static String judgeMonth(String judge, YearMonth month) {
    return "judge/" + checked(judge, NAME, "judge's name") + "/" + month + ".json";
  }

  /** What a voter of another organisation was asked in a month. */
  static String partnerMonth(String voter, YearMonth month) {
    return "partners/" + checked(voter, NAME, "voter's name") + "/" + month + ".json";
  }

  /** What a voter of another organisation was asked in the current minute. */
  static String partnerMinute(String voter) {
    return "partners/" + checked(voter, NAME, "voter's name") + "/minute.json";
  }

  /** The question that a callback is about, by the SHA-256 of its token. */
  static String callbackTicket(String tokenSha256) {
    return "callbacks/" + sha256(tokenSha256) + "/question.json";
  }

  /** What the callback said. */
  static String callbackAnswer(String tokenSha256) {
    return "callbacks/" + sha256(tokenSha256) + "/answer.json";
  }

  /** An account's webhooks. */
  static String webhooks(String accountId) {
    return "access/webhooks/" + accountId(accountId) + "/";
  }

  /** A webhook with its secrets. */
  static String webhook(String accountId, String webhookId) {
    return webhooks(accountId) + webhookId(webhookId) + ".json";
  }

  /** The delivery of an event to a webhook. */
  static String delivery(String accountId, String webhookId, String eventId) {
    return deliveries(accountId, webhookId)
        + "deliveries/"
        + checked(eventId, EVENT_ID, "event id")
        + ".json";
  }

  static boolean isDelivery(String key) {
    return key.startsWith(WEBHOOKS) && key.contains("/deliveries/");
  }

  static String listedDeliveries(String accountId, String webhookId) {
    return deliveries(accountId, webhookId) + "list/";
  }

  /** An empty object that lists a delivery; later ones sort before earlier ones. */
  static String listedDelivery(String accountId, String webhookId, Instant at, String eventId) {
    return listedDeliveries(accountId, webhookId)
        + inverted(at)
        + "-"
        + checked(eventId, EVENT_ID, "event id");
  }

  private static String deliveries(String accountId, String webhookId) {
    return WEBHOOKS + accountId(accountId) + "/" + webhookId(webhookId) + "/";
  }

  static boolean isWebhookId(String id) {
    return id != null && (id.equals(Webhook.CALLBACKS) || Ids.ID.matcher(id).matches());
  }

  static boolean isEventId(String id) {
    return id != null && EVENT_ID.matcher(id).matches();
  }

  private static String webhookId(String id) {
    if (!isWebhookId(id)) {
      throw new IllegalArgumentException("not a webhook id");
    }
    return id;
  }

  /** Who is the first to ask for an analysis under an idempotency key. */
  static String claim(String id) {
    return analysis(id) + "claim.json";
  }

  /** A place among those that a number of requests may have at once. */
  static String slot(String group, int number) {
    return "slots/" + checked(group, SLOT_GROUP, "group of slots") + "/" + number + ".json";
  }

  static String votingPolicy(String version) {
    return "policies/voting/" + checked(version, VERSION, "policy version") + ".json";
  }

  static boolean isUploadId(String id) {
    return id != null && Ids.ID.matcher(id).matches();
  }

  static boolean isName(String name) {
    return name != null && NAME.matcher(name).matches();
  }

  static boolean isSha256(String sha256) {
    return sha256 != null && SHA256.matcher(sha256).matches();
  }

  static boolean isVersion(String version) {
    return version != null && VERSION.matcher(version).matches();
  }

  static boolean isModelVersion(String version) {
    return version != null && MODEL_VERSION.matcher(version).matches();
  }

  static String analysisId(String id) {
    return checked(id, Ids.ID, "analysis id");
  }

  static String accountId(String accountId) {
    return checked(accountId, ACCOUNT_ID, "account id");
  }

  static String sha256(String sha256) {
    return checked(sha256, SHA256, "SHA-256");
  }

  private static String checked(String value, Pattern pattern, String what) {
    if (value == null || !pattern.matcher(value).matches()) {
      throw new IllegalArgumentException("not a " + what);
    }
    return value;
  }
}
