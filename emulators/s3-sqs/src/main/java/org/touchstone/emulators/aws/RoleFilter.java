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
import java.util.Locale;
import java.util.Optional;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.Caller;
import org.touchstone.emulators.access.policy.Access;

/**
 * Passes only requests of the owner, and those of a role that its policy allows. S3Proxy then
 * checks the signature, so that nobody gets the rights of another's role.
 */
final class RoleFilter implements Filter {
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
    Optional<String> refusal =
        isForm(http)
            ? Optional.of("Uploads by a form are not supported")
            : S3Signature.of(http)
                .caller(keys)
                .map(caller -> caller.isOwner() ? Optional.<String>empty() : refusal(caller, http))
                .orElse(Optional.of("The request is not signed with a known key"));
    if (refusal.isPresent()) {
      refuse((HttpServletResponse) response, refusal.get());
    } else {
      chain.doFilter(request, response);
    }
  }

  /** S3Proxy looks for the signature of a form in its fields, where no role is looked for. */
  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return request.getMethod().equals("POST")
        && type != null
        && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
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
