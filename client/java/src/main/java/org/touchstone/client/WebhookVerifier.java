package org.touchstone.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.touchstone.client.model.WebhookMessage;

/**
 * Checks that a request is a webhook of Touchstone, as Standard Webhooks says: the header {@code
 * webhook-signature} has the HMAC-SHA256 of {@code id.timestamp.body} under the webhook's secret.
 */
public final class WebhookVerifier {
  /** How far the sender's clock may be from this one. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final int MAX_SIGNATURES = 16;

  private final List<SecretKeySpec> secrets;
  private final InstantSource clock;

  private WebhookVerifier(List<SecretKeySpec> secrets, InstantSource clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * A verifier.
   *
   * @param secrets the webhook's secrets, {@code whsec_} and Base64: one, or the old and the new
   *     one while it is rotated
   * @throws IllegalArgumentException if one is not a secret; the message does not repeat it
   */
  public static WebhookVerifier of(String... secrets) {
    return of(InstantSource.system(), secrets);
  }

  static WebhookVerifier of(InstantSource clock, String... secrets) {
    List<SecretKeySpec> keys = new ArrayList<>();
    for (String secret : secrets) {
      keys.add(key(secret));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("A verifier needs a secret.");
    }
    return new WebhookVerifier(List.copyOf(keys), clock);
  }

  private static SecretKeySpec key(String secret) {
    byte[] bytes;
    try {
      String encoded = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
      bytes = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException("This is not the secret of a webhook.");
    }
    return new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * Checks a request.
   *
   * @param headers by name, in any case
   * @param body the bytes as they were received
   * @throws WebhookException when the request must not be trusted
   */
  public ReceivedWebhook verify(Map<String, List<String>> headers, byte[] body)
      throws WebhookException {
    String id = header(headers, "webhook-id");
    String timestamp = header(headers, "webhook-timestamp");
    String signatures = header(headers, "webhook-signature");
    Instant sentAt = sentAt(timestamp);
    if (!isSigned(id, timestamp, signatures, body)) {
      throw new WebhookException("The signature is not that of this message.");
    }
    try {
      WebhookMessage message = ClientJson.mapper().readValue(body, WebhookMessage.class);
      if (message != null) {
        return new ReceivedWebhook(id, sentAt, message);
      }
    } catch (IOException e) {
      // As if it were empty.
    }
    throw new WebhookException("The message is not the JSON of an event.");
  }

  private static String header(Map<String, List<String>> headers, String name)
      throws WebhookException {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      // HttpURLConnection lists the status line under null.
      if (name.equalsIgnoreCase(header.getKey()) && header.getValue().size() == 1) {
        return header.getValue().getFirst();
      }
    }
    throw new WebhookException("The header " + name + " is missing or repeated.");
  }

  private Instant sentAt(String timestamp) throws WebhookException {
    if (!timestamp.matches("[0-9]{1,11}")) {
      throw new WebhookException("The timestamp is not a number of seconds.");
    }
    Instant sentAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(sentAt, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
      throw new WebhookException("The message is older than five minutes, or a clock is wrong.");
    }
    return sentAt;
  }

  private boolean isSigned(String id, String timestamp, String signatures, byte[] body) {
    String[] given = signatures.split(" ", MAX_SIGNATURES);
    boolean signed = false;
    for (SecretKeySpec secret : secrets) {
      byte[] right =
          (VERSION + sign(secret, id + "." + timestamp + ".", body))
              .getBytes(StandardCharsets.UTF_8);
      for (String signature : given) {
        // In a time that does not tell how much of it is right.
        signed |= MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
      }
    }
    return signed;
  }

  private static String sign(SecretKeySpec secret, String start, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(start.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }
}
