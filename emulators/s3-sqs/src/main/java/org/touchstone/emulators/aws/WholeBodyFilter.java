package org.touchstone.emulators.aws;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
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
  static final String CUT_OFF = "touchstone.cut-off";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } finally {
      if (request.getAttribute(CUT_OFF) == null) {
        new PacedBody(request.getInputStream()).transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
