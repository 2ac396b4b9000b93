package org.touchstone.emulators.access.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.Caller;
import org.touchstone.emulators.access.signature.SignatureException.Fault;

/** Checks that requests to a service were signed with a known key, not long ago. Thread-safe. */
public final class SignatureVerifier {
  /** By how much the clocks of caller and service may differ, as on AWS. */
  public static final Duration MAX_SKEW = Duration.ofMinutes(15);

  private static final String LAST = "aws4_request";

  private final AccessKeys keys;
  private final String scopeEnd;
  private final InstantSource clock;

  /**
   * @param service the name of the service in signatures, such as {@code sqs}
   */
  public SignatureVerifier(AccessKeys keys, String region, String service, InstantSource clock) {
    this.keys = keys;
    this.scopeEnd = "/" + region + "/" + service + "/" + LAST;
    this.clock = clock;
  }

  /**
   * Finds out who signed a request.
   *
   * @throws SignatureException when nobody did, or not this request, or too long ago
   */
  public Caller verify(SignedRequest request) throws SignatureException {
    Claim claim = Claim.of(request);
    Caller caller =
        keys.find(claim.keyId())
            .orElseThrow(
                () ->
                    new SignatureException(
                        Fault.UNKNOWN_KEY, "The security token in the request is invalid."));
    requireScope(claim);
    requireHeaders(request, claim);
    String expected = signature(request, claim, caller);
    if (!MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII),
        claim.signature().getBytes(StandardCharsets.UTF_8))) {
      throw new SignatureException(
          Fault.INVALID,
          "The request signature we calculated does not match the signature you provided.");
    }
    requireTime(claim);
    return caller;
  }

  private void requireScope(Claim claim) throws SignatureException {
    String date = claim.signedAt().split("T")[0];
    if (!claim.scope().equals(date + scopeEnd)) {
      throw new SignatureException(
          Fault.INVALID, "Credential should be scoped to " + date + scopeEnd + ".");
    }
  }

  /** A header that is not signed could be added or changed by anyone on the way. */
  private static void requireHeaders(SignedRequest request, Claim claim) throws SignatureException {
    if (!claim.signedHeaders().contains("host")) {
      throw Claim.incomplete("the header host is not signed");
    }
    for (String name : request.headers().keySet()) {
      if (name.startsWith("x-amz-") && !claim.signedHeaders().contains(name)) {
        throw Claim.incomplete("the header " + name + " is not signed");
      }
    }
  }

  private void requireTime(Claim claim) throws SignatureException {
    Instant signed = claim.time();
    Instant now = clock.instant();
    Instant end = signed.plus(claim.lifetime() == null ? MAX_SKEW : claim.lifetime());
    if (now.isAfter(end) || now.isBefore(signed.minus(MAX_SKEW))) {
      throw new SignatureException(
          Fault.INVALID, "Signature expired or not yet valid: signed at " + claim.signedAt() + ".");
    }
  }

  private static String signature(SignedRequest request, Claim claim, Caller caller) {
    String leftOut = claim.lifetime() == null ? null : Claim.SIGNATURE_PARAMETER;
    String canonical = Canonical.request(request, claim.signedHeaders(), leftOut);
    String text =
        String.join(
            "\n",
            Claim.ALGORITHM,
            claim.signedAt(),
            claim.scope(),
            Canonical.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    byte[] key = ("AWS4" + caller.key().secret()).getBytes(StandardCharsets.UTF_8);
    for (String part : claim.scope().split("/")) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, text));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }
}
