package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * All types of errors: a stable code, the API's HTTP status, and a sentence for people. Codes never
 * change their meaning; new ones may be added.
 */
public enum ProblemType {
  REQUEST_INVALID("request.invalid", 400, "The request is not valid."),
  REQUEST_TOO_LARGE("request.too-large", 413, "The request is too large."),
  IDEMPOTENCY_CONFLICT(
      "request.idempotency-conflict", 422, "This idempotency key was used for another request."),
  REQUEST_IN_FLIGHT(
      "request.in-flight", 409, "The first request with this idempotency key is not answered yet."),
  DETECTOR_UNKNOWN("request.unknown-detector", 422, "There is no detector of this name."),
  KEY_MISSING("key.missing", 401, "This needs an API key."),
  KEY_INVALID("key.invalid", 401, "This is not a valid API key."),
  KEY_EXPIRED("key.expired", 401, "This API key has expired."),
  KEY_REVOKED("key.revoked", 401, "This API key was revoked."),
  KEY_SCOPE("key.scope", 403, "This API key may not be used for this."),
  KEY_NOT_FOUND("key.not-found", 404, "There is no such API key."),
  PAGE_NOT_FOUND("page.not-found", 404, "There is nothing at this address."),
  FORM_EXPIRED("form.expired", 403, "This page is too old to do this; load it again."),
  SIGN_IN_REFUSED("sign-in.refused", 403, "This sign-in was not asked for by our own page."),
  SIGN_IN_LINK_USED(
      "sign-in.link-used",
      410,
      "This link signs in once, within 15 minutes; it was used or is old."),
  SIGN_IN_FAILED("sign-in.failed", 403, "The sign-in did not work; begin again."),
  SIGN_IN_NOT_MEMBER(
      "sign-in.not-a-member", 403, "You are not a member of any account here; ask to be added."),
  SIGN_IN_UNAVAILABLE(
      "sign-in.unavailable", 503, "The organisation's sign-in cannot be reached; try again later."),
  MEMBER_NOT_FOUND("member.not-found", 404, "There is no such member."),
  MEMBER_EXISTS("member.exists", 409, "Somebody of this address is a member already."),
  ACCOUNT_SUSPENDED("account.suspended", 403, "This account is suspended."),
  ACCOUNT_NOT_FOUND("account.not-found", 404, "There is no such account."),
  ACCOUNT_ENDED(
      "account.ended", 403, "The subscription of this account has ended; renew it to go on."),
  RATE_LIMITED(
      "rate.limited", 429, "There are too many requests of this account; try again later."),
  CAP_REACHED("cap.reached", 429, "The account has reached a cap."),
  USAGE_PENDING("usage.pending", 503, "The usage is still being added up; ask again."),
  CAP_EXCEEDED("cap.exceeded", 422, "This would cost more than the account's cap leaves."),
  ANALYSIS_NOT_FOUND("analysis.not-found", 404, "There is no such analysis."),
  ANALYSIS_DELETED("analysis.deleted", 410, "This analysis was deleted."),
  ANALYSIS_NO_VERDICT("analysis.no-verdict", 409, "This analysis has no verdict."),
  MEDIUM_NOT_FOUND("medium.not-found", 404, "This analysis has no such medium, or it is deleted."),
  EVIDENCE_NOT_FOUND(
      "evidence.not-found", 404, "This analysis has no such evidence, or it is deleted."),
  UPLOAD_NOT_FOUND("upload.not-found", 404, "There is no such upload, or nothing was sent to it."),

  LABEL_NOT_FOUND("label.not-found", 404, "There is no such label."),
  SOURCE_NOT_FOUND("source.not-found", 404, "There is no such verified source."),
  STATEMENT_NOT_FOUND(
      "statement.not-found", 404, "There is no statement of this month for this account."),
  STATEMENT_NOT_READY(
      "statement.not-ready", 503, "This statement is still being made; ask again in a moment."),
  PURCHASE_INVALID("purchase.invalid", 400, "Whoever sold it does not know this purchase."),
  PURCHASE_EXPIRED("purchase.expired", 410, "The time to set this purchase up has ended."),
  PURCHASE_REPEATED(
      "purchase.repeated", 409, "The first API key of this purchase was shown before."),
  PURCHASE_UNAVAILABLE(
      "purchase.unavailable", 503, "The purchase cannot be checked now; try again in a minute."),
  SIGNATURE_INVALID("signature.invalid", 400, "The signature of this event is not valid."),
  SHARE_NOT_FOUND("share.not-found", 404, "This address shows nothing, or no longer."),
  SHARE_TOO_MANY("share.too-many", 409, "This analysis has too many shared addresses."),
  BATCH_NOT_FOUND("batch.not-found", 404, "There is no such batch."),
  BATCH_TOO_LONG("batch.too-long", 422, "A batch has at most 1,000 lines."),

  CALLBACK_NOT_FOUND("callback.not-found", 404, "Nobody awaits a callback at this address."),
  CALLBACK_REPEATED(
      "callback.repeated", 409, "Another answer was received at this address before."),
  CALLBACK_ENDED("callback.ended", 410, "The time for this callback has ended."),
  WEBHOOK_NOT_FOUND("webhook.not-found", 404, "There is no such webhook."),
  WEBHOOK_LIMIT("webhook.limit", 409, "This account has as many webhooks as it may have."),
  WEBHOOK_ENDED(
      "webhook.ended", 409, "This webhook has ended, because its server answered 410 (Gone)."),
  DELIVERY_NOT_FOUND("delivery.not-found", 404, "There is no such delivery."),
  DELIVERY_NOT_REPEATABLE(
      "delivery.not-repeatable", 409, "This delivery cannot be attempted again."),

  LINK_INVALID("link.invalid", 400, "This is not a web address that can be followed."),
  LINK_UNSUPPORTED("link.unsupported", 422, "This kind of link is not supported."),
  LINK_BLOCKED("link.blocked", 422, "This link leads to an address that may not be visited."),
  LINK_TOO_MANY_REDIRECTS("link.too-many-redirects", 422, "This link redirects too often."),
  FETCH_NOT_FOUND("fetch.not-found", 422, "There is nothing at this link."),
  FETCH_REFUSED("fetch.refused", 422, "The server at this link refused to serve it."),
  FETCH_UNREACHABLE("fetch.unreachable", 422, "The server at this link cannot be reached."),
  FETCH_TLS("fetch.tls", 422, "The server at this link has no trustworthy certificate."),
  FETCH_TIMEOUT("fetch.timeout", 422, "The server at this link took too long."),
  FETCH_FAILED("fetch.failed", 422, "The server at this link did not answer properly."),

  POST_NO_MEDIA("post.no-media", 422, "There is no image, video or audio at this link."),
  POST_DELETED("post.deleted", 422, "This post does not exist; it may have been deleted."),
  POST_PRIVATE("post.private", 422, "This post is not public."),
  POST_AGE_RESTRICTED(
      "post.age-restricted",
      422,
      "The platform shows this post only to people who have confirmed their age."),
  POST_UNAVAILABLE(
      "post.unavailable",
      422,
      "The platform does not show this post: it may be deleted, private or limited to a region."),
  POST_TOO_MANY_MEDIA(
      "post.too-many-media", 422, "This post has more images and videos than Touchstone accepts."),

  PLATFORM_EXCLUDED(
      "platform.excluded", 422, "This platform's terms do not allow its media to be analysed."),
  PLATFORM_LOGIN_REQUIRED(
      "platform.login-required",
      422,
      "The platform shows this post only to people who are signed in; save the media and upload"
          + " them."),
  PLATFORM_RATE_LIMITED(
      "platform.rate-limited",
      422,
      "The platform accepts no more requests for now; try again later."),
  PLATFORM_ROBOT_CHECK(
      "platform.robot-check",
      422,
      "The platform asks for proof that a person is reading, which Touchstone cannot give; try again"
          + " later, or save the media and upload them."),
  PLATFORM_CHANGED(
      "platform.changed",
      422,
      "Touchstone does not understand the platform's answer, which has changed; save the media and"
          + " upload them, and report this link."),

  MEDIA_EMPTY("media.empty", 422, "The file is empty."),
  MEDIA_UNSUPPORTED(
      "media.unsupported", 422, "This is not a supported image, video or audio format."),
  MEDIA_CORRUPT("media.corrupt", 422, "The file is damaged or incomplete."),
  MEDIA_TOO_LARGE("media.too-large", 422, "The file is too large."),
  MEDIA_TOO_LONG("media.too-long", 422, "The recording is too long."),
  MEDIA_TOO_MANY_PIXELS("media.too-many-pixels", 422, "The picture has too many pixels."),

  STORAGE_FULL(
      "storage.full", 507, "There is no room to store anything; nothing is accepted for now."),
  ANALYSIS_TIMEOUT("analysis.timeout", 504, "The analysis took too long."),
  ENVIRONMENT_FAULT(
      "environment.fault",
      503,
      "The machine that works on this has a fault of its own; the file may be sound."),
  INTERNAL("internal", 500, "Something went wrong on our side.");

  private final String code;
  private final int httpStatus;
  private final String title;

  ProblemType(String code, int httpStatus, String title) {
    this.code = code;
    this.httpStatus = httpStatus;
    this.title = title;
  }

  @JsonValue
  public String code() {
    return code;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** A sentence for users. */
  public String title() {
    return title;
  }

  /**
   * Whether the analysis failed because of its input and not because of the system. Such failures
   * do not raise an alarm.
   */
  public boolean isInputsFault() {
    return httpStatus < 500;
  }

  /** The type with this code; {@link #INTERNAL} for a code this version does not know. */
  @JsonCreator
  public static ProblemType of(String code) {
    return Arrays.stream(values()).filter(t -> t.code.equals(code)).findFirst().orElse(INTERNAL);
  }
}
