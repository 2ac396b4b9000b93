package org.touchstone.emulators.aws;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Reads every request to its end. S3Proxy does not read the trailer of a chunked upload, nor the
 * body of a request that it rejects. Jetty then closes the connection, and data that the client is
 * sending or sends next is lost.
 */
final class WholeBodyFilter implements Filter {
  /** Attribute of requests whose body is not worth waiting for. */
  private static final String CUT_OFF = "touchstone.cut-off";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } finally {
      if (request.getAttribute(CUT_OFF) == null) {
        paced(request, request.getInputStream()).transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  /** Gives up the rest of a request's body. */
  static void cutOff(ServletRequest request) {
    request.setAttribute(CUT_OFF, true);
  }

  /** The body of a request that is not waited for again once it has arrived too slowly. */
  static PacedBody paced(ServletRequest request, ServletInputStream body) {
    return new PacedBody(body, () -> cutOff(request), System::nanoTime);
  }
}
