package org.touchstone.openid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;

/**
 * Checks ID tokens as OpenID Connect Core 1.0, section 3.1.3.7, asks. The algorithm is that of the
 * key's kind, whatever the token says: {@code none} and HMAC under a public key are refused.
 */
final class IdTokenCheck {
  private static final int MAX_LENGTH = 32 * 1024;
  private static final int MAX_SUBJECT = 255;
  private static final int MAX_EMAIL = 254;
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
  private static final Duration OLDEST = Duration.ofMinutes(10);
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+");

  private final ProviderSettings settings;

  IdTokenCheck(ProviderSettings settings) {
    this.settings = settings;
  }

  /**
   * The person a token is about.
   *
   * @param nonce that of the sign-in
   * @param keys the provider's key of an id; null without one
   * @throws TokenException when the token is not to be believed
   */
  Identity check(String token, String nonce, Function<String, PublicKey> keys, Instant now)
      throws TokenException {
    if (token == null || token.length() > MAX_LENGTH || !COMPACT.matcher(token).matches()) {
      throw new TokenException("not a signed token");
    }
    String[] parts = token.split("\\.");
    JsonNode header = json(parts[0]);
    if (header.has("crit")) {
      throw new TokenException("the token has extensions that must be understood");
    }
    verify(header, parts, keys);
    return identity(json(parts[1]), nonce, now);
  }

  private static void verify(JsonNode header, String[] parts, Function<String, PublicKey> keys)
      throws TokenException {
    String algorithm = header.path("alg").asText("");
    PublicKey key = keys.apply(header.path("kid").asText(""));
    Signature signature;
    try {
      if (key instanceof RSAPublicKey && algorithm.equals("RS256")) {
        signature = Signature.getInstance("SHA256withRSA");
      } else if (key instanceof ECPublicKey && algorithm.equals("ES256")) {
        signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      } else {
        throw new TokenException("no key of the provider for this signature");
      }
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
        throw new TokenException("the signature does not match");
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TokenException("the signature cannot be checked");
    }
  }

  private Identity identity(JsonNode claims, String nonce, Instant now) throws TokenException {
    require(text(claims, "iss").equals(settings.issuer()), "another issuer");
    require(isForUs(claims), "made for another client");
    require(text(claims, "nonce").equals(nonce), "made for another sign-in");
    Instant expires = instant(claims, "exp");
    Instant issued = instant(claims, "iat");
    require(now.minus(CLOCKS_DIFFER).isBefore(expires), "expired");
    require(!issued.isAfter(now.plus(CLOCKS_DIFFER)), "issued in the future");
    require(issued.isAfter(now.minus(OLDEST)), "issued long ago");
    String subject = text(claims, "sub");
    require(!subject.isEmpty() && subject.length() <= MAX_SUBJECT, "without a subject");
    String email = text(claims, "email").toLowerCase(Locale.ROOT);
    require(email.length() <= MAX_EMAIL && EMAIL.matcher(email).matches(), "without an address");
    JsonNode verified = claims.path("email_verified");
    // Cognito says so as a text.
    boolean isVerified = verified.isMissingNode() ? settings.trustEmails() : verified.asBoolean();
    require(isVerified, "with an address that is not verified");
    return new Identity(settings.issuer() + " " + subject, email);
  }

  private boolean isForUs(JsonNode claims) {
    JsonNode audience = claims.path("aud");
    String ours = settings.clientId();
    if (audience.isTextual()) {
      return audience.textValue().equals(ours);
    }
    // Of several, the one that the token was made for is named.
    boolean named = claims.path("azp").asText("").equals(ours);
    boolean among = false;
    for (JsonNode one : audience) {
      among |= one.isTextual() && one.textValue().equals(ours);
    }
    return among && (audience.size() == 1 || named);
  }

  private static Instant instant(JsonNode claims, String name) throws TokenException {
    JsonNode value = claims.path(name);
    require(value.isNumber() && value.canConvertToLong(), "without " + name);
    try {
      return Instant.ofEpochSecond(value.longValue());
    } catch (java.time.DateTimeException e) {
      throw new TokenException("without " + name);
    }
  }

  private static String text(JsonNode claims, String name) {
    JsonNode value = claims.path(name);
    return value.isTextual() ? value.textValue() : "";
  }

  private static void require(boolean holds, String otherwise) throws TokenException {
    if (!holds) {
      throw new TokenException("the token is " + otherwise);
    }
  }

  private static JsonNode json(String part) throws TokenException {
    try {
      JsonNode node = Json.mapper().readTree(Base64.getUrlDecoder().decode(part));
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // Told below.
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
    throw new TokenException("not a signed token");
  }
}
