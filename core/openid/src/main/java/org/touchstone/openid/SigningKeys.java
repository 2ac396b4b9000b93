package org.touchstone.openid;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The provider's public keys by their ids (RFC 7517): RSA from 2048 bits, and P-256. */
final class SigningKeys {
  private static final int MAX_KEYS = 50;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;

  private SigningKeys() {}

  /**
   * The keys of a set. Keys of other kinds, and those that are not for signatures, are left out.
   *
   * @param set a JWK set
   */
  static Map<String, PublicKey> of(JsonNode set) {
    Map<String, PublicKey> keys = new HashMap<>();
    int read = 0;
    for (JsonNode key : set.path("keys")) {
      if (read++ == MAX_KEYS) {
        break;
      }
      String id = key.path("kid").asText("");
      if (key.path("use").asText("sig").equals("sig")) {
        PublicKey made = key(key);
        if (made != null) {
          keys.put(id, made);
        }
      }
    }
    return keys;
  }

  /** Null for a key of another kind, or one that is not valid. */
  private static PublicKey key(JsonNode key) {
    try {
      return switch (key.path("kty").asText("")) {
        case "RSA" -> rsa(key);
        case "EC" -> key.path("crv").asText("").equals("P-256") ? p256(key) : null;
        default -> null;
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }

  private static PublicKey rsa(JsonNode key) throws GeneralSecurityException {
    RSAPublicKey made =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    int bits = made.getModulus().bitLength();
    return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS ? made : null;
  }

  private static PublicKey p256(JsonNode key) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(
                new ECPoint(number(key, "x"), number(key, "y")),
                curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(JsonNode key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText("")));
  }
}
