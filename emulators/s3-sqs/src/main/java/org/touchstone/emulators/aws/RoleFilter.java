package org.touchstone.emulators.aws;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.Caller;
import org.touchstone.emulators.access.policy.Access;

/**
 * Refuses what the policy of the signer's role does not allow. S3Proxy then checks the signature,
 * so that nobody gets the rights of another's role.
 */
final class RoleFilter implements Filter {
  private static final Pattern KEY_ID = Pattern.compile("Credential=([^/,]+)/");

  private final AccessKeys keys;
  private final BlobStore objects;

  RoleFilter(AccessKeys keys, BlobStore objects) {
    this.keys = keys;
    this.objects = objects;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    Optional<Caller> caller = keyId(http).flatMap(keys::find).filter(c -> !c.isOwner());
    Optional<String> refusal = caller.flatMap(role -> refusal(role, http));
    if (refusal.isPresent()) {
      refuse((HttpServletResponse) response, refusal.get());
    } else {
      chain.doFilter(request, response);
    }
  }

  private static Optional<String> keyId(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null) {
      Matcher credential = KEY_ID.matcher(authorization);
      return credential.find() ? Optional.of(credential.group(1)) : Optional.empty();
    }
    return Optional.ofNullable(request.getParameter("X-Amz-Credential"))
        .map(credential -> credential.split("/")[0]);
  }

  private Optional<String> refusal(Caller caller, HttpServletRequest request) {
    Optional<S3Access> needed = S3Access.of(request);
    if (needed.isEmpty()) {
      return Optional.of(
          "The policy of role "
              + caller.role()
              + " cannot be applied to this request: "
              + request.getMethod()
              + " with this path, these parameters or headers is not supported");
    }
    for (Access access : needed.get().accesses()) {
      if (!keys.allows(caller, access)) {
        return Optional.of(denied(caller, access));
      }
    }
    S3Access.ObjectName read = needed.get().read();
    if (read != null
        && !objects.blobExists(read.bucket(), read.key())
        && !keys.allows(caller, needed.get().missing())) {
      // Whoever may not list a bucket is not told that an object is missing.
      return Optional.of(denied(caller, needed.get().missing()));
    }
    return Optional.empty();
  }

  private static String denied(Caller caller, Access access) {
    return "Role " + caller.role() + " is not authorized to perform: " + access;
  }

  private static void refuse(HttpServletResponse response, String message) throws IOException {
    byte[] body =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>AccessDenied</Code><Message>%s</Message></Error>
        """
            .formatted(message.replace("&", "&amp;").replace("<", "&lt;"))
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setContentType("application/xml");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
