package org.touchstone.emulators.access.signature;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.emulators.access.signature.SignatureException.Fault;

/**
 * What a request says of its signature, in its headers or its query.
 *
 * @param keyId the access key
 * @param scope {@code date/region/service/aws4_request}
 * @param signedAt when it was signed, as the request says it
 * @param lifetime how long a presigned address is valid; null for a signature in headers
 * @param signedHeaders names in lower case
 */
record Claim(
    String keyId,
    String scope,
    String signedAt,
    Duration lifetime,
    List<String> signedHeaders,
    String signature) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /** The parameter of a presigned address that is not itself signed. */
  static final String SIGNATURE_PARAMETER = "X-Amz-Signature";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int SCOPE_PARTS = 5;

  /** The longest lifetime of a presigned address. */
  private static final int MAX_LIFETIME_SECONDS = 7 * 24 * 60 * 60;

  static Claim of(SignedRequest request) throws SignatureException {
    String authorization = request.header("authorization");
    if (authorization != null) {
      return ofHeaders(request, authorization);
    }
    Map<String, String> query = new HashMap<>();
    for (Canonical.Parameter parameter : Canonical.parameters(request.query())) {
      if (query.put(parameter.name(), parameter.value()) != null
          && parameter.name().startsWith("X-Amz-")) {
        throw incomplete(parameter.name() + " occurs more than once");
      }
    }
    if (!query.containsKey(SIGNATURE_PARAMETER)) {
      throw new SignatureException(Fault.MISSING, "Missing Authentication Token");
    }
    return ofQuery(query);
  }

  private static Claim ofHeaders(SignedRequest request, String authorization)
      throws SignatureException {
    String[] parts = authorization.strip().split("[ ,]+");
    if (!parts[0].equals(ALGORITHM)) {
      throw incomplete("the algorithm must be " + ALGORITHM);
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        fields.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
      }
    }
    return of(
        fields.get("Credential"),
        request.header("x-amz-date"),
        null,
        fields.get("SignedHeaders"),
        fields.get("Signature"));
  }

  private static Claim ofQuery(Map<String, String> query) throws SignatureException {
    if (!ALGORITHM.equals(query.get("X-Amz-Algorithm"))) {
      throw incomplete("the algorithm must be " + ALGORITHM);
    }
    int seconds;
    try {
      seconds = Integer.parseInt(query.getOrDefault("X-Amz-Expires", ""));
    } catch (NumberFormatException e) {
      throw incomplete("X-Amz-Expires is not a number");
    }
    if (seconds < 1 || seconds > MAX_LIFETIME_SECONDS) {
      throw incomplete("X-Amz-Expires is not between 1 and " + MAX_LIFETIME_SECONDS);
    }
    return of(
        query.get("X-Amz-Credential"),
        query.get("X-Amz-Date"),
        Duration.ofSeconds(seconds),
        query.get("X-Amz-SignedHeaders"),
        query.get(SIGNATURE_PARAMETER));
  }

  private static Claim of(
      String credential, String date, Duration lifetime, String headers, String signature)
      throws SignatureException {
    if (credential == null || date == null || headers == null || signature == null) {
      throw incomplete("a credential, a date, signed headers or a signature is missing");
    }
    List<String> parts = new ArrayList<>(List.of(credential.split("/", -1)));
    if (parts.size() != SCOPE_PARTS) {
      throw incomplete("the credential must be of the form key/date/region/service/aws4_request");
    }
    String keyId = parts.removeFirst();
    return new Claim(
        keyId, String.join("/", parts), date, lifetime, List.of(headers.split(";")), signature);
  }

  /** When it was signed. */
  Instant time() throws SignatureException {
    try {
      return Instant.from(TIME.parse(signedAt));
    } catch (DateTimeException e) {
      throw incomplete("the date must be of the form 20260101T000000Z");
    }
  }

  static SignatureException incomplete(String message) {
    return new SignatureException(Fault.INCOMPLETE, message);
  }
}
