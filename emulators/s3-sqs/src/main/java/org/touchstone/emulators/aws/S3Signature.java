package org.touchstone.emulators.aws;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.auth.S3AuthorizationHeader;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.Caller;

/**
 * What a request to S3 says of its signature. It is found where S3Proxy, which checks the signature
 * later, looks for it: in the {@code Authorization} header if that is of AWS, else in the query.
 *
 * @param keyId the access key; empty when there is none that could be valid
 * @param signedHeaders names in lower case
 */
record S3Signature(Optional<String> keyId, List<String> signedHeaders) {
  private static final Pattern SIGNED_HEADERS = Pattern.compile("SignedHeaders=([^,\\s]*)");

  static S3Signature of(HttpServletRequest request) {
    return isInHeader(request)
        ? ofHeader(request.getHeader("Authorization"))
        : new S3Signature(
            Optional.ofNullable(request.getParameter("X-Amz-Credential"))
                .map(credential -> credential.split("/", 2)[0]),
            names(request.getParameter("X-Amz-SignedHeaders")));
  }

  /** Whether S3Proxy looks for the signature in a header; a presigned address has none. */
  static boolean isInHeader(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    return authorization != null && S3AuthorizationHeader.hasAwsScheme(authorization);
  }

  private static S3Signature ofHeader(String authorization) {
    Matcher headers = SIGNED_HEADERS.matcher(authorization);
    return new S3Signature(keyId(authorization), names(headers.find() ? headers.group(1) : null));
  }

  private static Optional<String> keyId(String authorization) {
    try {
      S3AuthorizationHeader header = new S3AuthorizationHeader(authorization);
      return header.getAuthenticationType() == AuthenticationType.AWS_V4
          ? Optional.of(header.getIdentity())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<String> names(String list) {
    return list == null ? List.of() : List.of(list.toLowerCase(Locale.ROOT).split(";"));
  }

  /** Whoever the request says has signed it. */
  Optional<Caller> caller(AccessKeys keys) {
    return keyId.flatMap(keys::find);
  }
}
