package org.touchstone.mentions.x;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.touchstone.domain.Json;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.platform.Credentials;

/**
 * X's push: it proves to X that this address is the app's, and tells an event of X from one that
 * anybody sent. An event only says that it is time to poll; what is answered comes from the poll,
 * so a doubled, lost or delayed event changes nothing.
 */
public final class XPush {
  /** Largest event in bytes. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";
  private static final String MENTION = "post.mention.create";
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,512}");

  private final Credentials credentials;

  /**
   * @param credentials the secret of the bot's account on X, with the app's consumer secret
   */
  public XPush(Credentials credentials) {
    this.credentials = credentials;
  }

  /** What becomes of an event. */
  public enum Received {
    /** It is not X's: the answer is 403. */
    REFUSED,
    /** It is of another kind, or of another account. */
    IGNORED,
    /** The bot was mentioned: it is time to poll. */
    POLL
  }

  /**
   * The answer to X's challenge.
   *
   * @param token the parameter {@code crc_token}; null without it
   * @return a JSON document; empty when the request is not a challenge or the bot has no secret
   */
  public Optional<String> answer(String token) {
    if (token == null || !TOKEN.matcher(token).matches()) {
      return Optional.empty();
    }
    return sign(token.getBytes(StandardCharsets.UTF_8))
        .map(signature -> Json.string(Map.of("response_token", signature)));
  }

  /**
   * Looks at an event.
   *
   * @param signature the header {@code x-twitter-webhooks-signature}; null without it
   * @param body the content, as it was received
   */
  public Received receive(String signature, byte[] body) {
    Optional<String> expected = body.length > MAX_BYTES ? Optional.empty() : sign(body);
    if (signature == null
        || expected.isEmpty()
        || !MessageDigest.isEqual(
            expected.get().getBytes(StandardCharsets.US_ASCII),
            signature.getBytes(StandardCharsets.UTF_8))) {
      return Received.REFUSED;
    }
    JsonNode data = data(body);
    String self = credentials.read().getOrDefault(XSecret.USER_ID, "");
    boolean isMention =
        MENTION.equals(ApiReply.text(data, "event_type"))
            && !self.isEmpty()
            && self.equals(ApiReply.text(data, "filter", "user_id"));
    return isMention ? Received.POLL : Received.IGNORED;
  }

  private static JsonNode data(byte[] body) {
    try {
      return Json.mapper().readTree(new String(body, StandardCharsets.UTF_8)).path("data");
    } catch (JsonProcessingException e) {
      return Json.mapper().createObjectNode();
    }
  }

  private Optional<String> sign(byte[] message) {
    String key = credentials.read().get(XSecret.CONSUMER_SECRET);
    if (key == null || key.isBlank()) {
      return Optional.empty();
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return Optional.of(PREFIX + Base64.getEncoder().encodeToString(mac.doFinal(message)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this machine cannot sign", e);
    }
  }
}
