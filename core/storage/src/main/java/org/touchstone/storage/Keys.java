package org.touchstone.storage;

import java.time.Instant;
import java.util.regex.Pattern;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.LevelOverride.Holder;

/**
 * The layout of the bucket. Every part of a key that comes from outside is checked against a fixed
 * set of characters, so that no id can reach the objects of another. {@link MediaKeys}, {@link
 * QuestionKeys}, {@link WebhookKeys} and {@link DeletionKeys} continue it, by the same checks.
 */
final class Keys {
  /** The roster of detectors. */
  static final String ROSTER = "roster.json";

  /** What is known of the detectors, beside the roster. */
  static final String DETECTORS = "detectors.json";

  /** The deployed endpoints, of which the roster is made. */
  static final String ENDPOINTS = "endpoints.json";

  static final String ACCOUNTS = "access/accounts/";

  /** Opinions on verdicts, by when their analyses were accepted. */
  static final String FEEDBACK = "feedback/";

  /** The audit log. Never deleted by a rule. */
  static final String AUDIT = "audit/";

  private static final Pattern ACCOUNT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern KEY_ID = Pattern.compile("[0-9a-z]{13}");
  private static final Pattern SLOT_GROUP = Pattern.compile("[a-z]+(/[A-Za-z0-9_-]{1,64})?");
  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** A model version as in manifests, with possible additions by a detector. */
  static final Pattern MODEL_VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  static final Pattern MEDIA_ID = Pattern.compile("[0-9a-f]{32}");

  private static final long LATEST_MILLIS = 999_999_999_999_999L;

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

  /** Sessions of browsers and links that sign in; a lifecycle rule deletes them after a day. */
  private static final String SESSIONS = "sessions/";

  static String session(String tokenSha256) {
    return SESSIONS + "open/" + sha256(tokenSha256) + ".json";
  }

  static String signInLink(String tokenSha256) {
    return SESSIONS + "links/" + sha256(tokenSha256) + ".json";
  }

  /** An empty object that says that a link was followed. */
  static String usedLink(String tokenSha256) {
    return SESSIONS + "links/" + sha256(tokenSha256) + ".used";
  }

  /** A sign-in at a provider that a browser has begun. */
  static String signInFlow(String tokenSha256) {
    return SESSIONS + "flows/" + sha256(tokenSha256) + ".json";
  }

  /** An empty object that says that a sign-in was ended. */
  static String usedFlow(String tokenSha256) {
    return SESSIONS + "flows/" + sha256(tokenSha256) + ".used";
  }

  /** A member of an account. */
  static String member(String id) {
    return "access/members/" + checked(id, Ids.ID, "member id") + ".json";
  }

  static String accountMembers(String accountId) {
    return "access/account-members/" + accountId(accountId) + "/";
  }

  /** An empty object that lists a member under their account. */
  static String accountMember(String accountId, String id) {
    return accountMembers(accountId) + checked(id, Ids.ID, "member id");
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

  static String upload(String uploadId) {
    return "uploads/" + checked(uploadId, Ids.ID, "upload id");
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

  /** An address at which an analysis' result is shared. */
  static String share(String id) {
    return "shares/" + checked(id, Ids.ID, "share id") + ".json";
  }

  static String sharesOf(String analysisId) {
    return analysis(analysisId) + "shares/";
  }

  /** An empty object that lists an address with its analysis. */
  static String shareOf(String analysisId, String id) {
    return sharesOf(analysisId) + checked(id, Ids.ID, "share id");
  }

  /** Which address was made under an idempotency key. */
  static String shareClaim(String analysisId, String keySha256) {
    return analysis(analysisId) + "share-claims/" + sha256(keySha256) + ".json";
  }

  static boolean isShareId(String id) {
    return id != null && Ids.ID.matcher(id).matches();
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

  /**
   * A part of a key.
   *
   * @throws IllegalArgumentException when it does not match the pattern
   */
  static String checked(String value, Pattern pattern, String what) {
    if (value == null || !pattern.matcher(value).matches()) {
      throw new IllegalArgumentException("not a " + what);
    }
    return value;
  }
}
