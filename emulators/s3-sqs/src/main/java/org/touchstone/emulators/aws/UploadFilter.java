package org.touchstone.emulators.aws;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * Refuses what S3Proxy lets pass. Headers that begin with {@code x-amz-} must be signed, as on AWS;
 * otherwise the holder of a presigned address could copy any object, or send another size than
 * permitted. Bodies that arrive too slowly are cut off, and those of presigned addresses never take
 * all threads. The stack's own writes, signed in a header, need no place among them.
 */
final class UploadFilter implements Filter {
  /** Bodies of presigned addresses read at once; the server has twice as many threads. */
  private static final int BODIES = 100;

  private final Semaphore places = new Semaphore(BODIES);

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    boolean needsPlace = hasBody(http) && !S3Signature.isInHeader(http);
    if (needsPlace && !places.tryAcquire()) {
      WholeBodyFilter.cutOff(request);
      ((HttpServletResponse) response).setHeader("Connection", "close");
      refuse(response, 503, "SlowDown", "Please reduce your request rate.");
      return;
    }
    try {
      pass(http, response, chain);
    } finally {
      if (needsPlace) {
        places.release();
      }
    }
  }

  private static void pass(HttpServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (hasUnsignedHeader(request)) {
      refuse(
          response,
          403,
          "AccessDenied",
          "There were headers present in the request which were not signed");
    } else {
      chain.doFilter(hasBody(request) ? new PacedRequest(request) : request, response);
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private static boolean hasUnsignedHeader(HttpServletRequest request) {
    List<String> signed = S3Signature.of(request).signedHeaders();
    return Collections.list(request.getHeaderNames()).stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.startsWith("x-amz-") && !signed.contains(name));
  }

  private static void refuse(ServletResponse response, int status, String code, String message)
      throws IOException {
    HttpServletResponse http = (HttpServletResponse) response;
    http.setStatus(status);
    http.setContentType("application/xml");
    http.getWriter()
        .write(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
                + code
                + "</Code><Message>"
                + message
                + "</Message></Error>");
  }

  private static final class PacedRequest extends HttpServletRequestWrapper {
    private ServletInputStream body;

    PacedRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (body == null) {
        body = WholeBodyFilter.paced(this, super.getInputStream());
      }
      return body;
    }
  }
}
