package org.touchstone.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.touchstone.domain.account.KeyText;

/**
 * Who did what and when. It never holds a secret: the text of an API key or of a webhook's secret
 * that comes in with a subject or a detail is left out.
 *
 * @param at when
 * @param accountId the account that acted; absent for {@link #OPERATOR} and {@link #SYSTEM}
 * @param keyId id of the API key that was used, or one of these two
 * @param action a stable code such as {@code key.revoked}
 * @param subject id of what it was done to
 * @param detail more for people, such as the old and the new value; absent if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
    Instant at, String accountId, String keyId, String action, String subject, String detail) {
  /** Stands for the key of whoever used the command line, with access to the bucket itself. */
  public static final String OPERATOR = "operator";

  /** Stands for the key of what the deployment does by itself, such as deleting what is due. */
  public static final String SYSTEM = "system";

  private static final int MAX_LENGTH = 500;
  private static final Pattern ACTION = Pattern.compile("[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*)+");

  /** Texts of API keys, and secrets of webhooks, whole or cut. */
  private static final Pattern SECRET =
      Pattern.compile(KeyText.PATTERN.pattern() + "|whsec_[A-Za-z0-9+/=_-]*");

  /**
   * @throws IllegalArgumentException when the action is not a code
   */
  public AuditEntry {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(subject, "subject");
    if (!ACTION.matcher(action).matches()) {
      throw new IllegalArgumentException("an action is a code such as key.revoked");
    }
    subject = safe(subject);
    detail = detail == null ? null : safe(detail);
  }

  private static String safe(String text) {
    String without = SECRET.matcher(text).replaceAll("[secret]");
    String cut =
        without.length() <= MAX_LENGTH ? without : without.substring(0, MAX_LENGTH - 1) + "\u2026";
    // Half a character, as at the cut, is not valid in JSON.
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
