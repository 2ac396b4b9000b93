package org.touchstone.emulators.aws;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

/**
 * Reads every request to its end. S3Proxy does not read the trailer of a chunked upload, nor the
 * body of a request that it rejects. Jetty then closes the connection, and data that the client is
 * sending or sends next is lost.
 */
final class WholeBodyFilter implements Filter {
  /** Attribute of requests whose body is not worth waiting for. */
  static final String CUT_OFF = "touchstone.cut-off";

  private WholeBodyFilter() {}

  /** Puts the filter before all handlers of a server that is not started yet. */
  static void install(S3Proxy proxy) {
    try {
      // S3Proxy does not expose its Jetty server.
      var field = S3Proxy.class.getDeclaredField("server");
      field.setAccessible(true);
      ((Server) field.get(proxy))
          .getDescendant(ServletContextHandler.class)
          .addFilter(
              new FilterHolder(new WholeBodyFilter()), "/*", EnumSet.of(DispatcherType.REQUEST));
      ((Server) field.get(proxy))
          .getDescendant(ServletContextHandler.class)
          .addFilter(
              new FilterHolder(new UploadFilter()), "/*", EnumSet.of(DispatcherType.REQUEST));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of S3Proxy is not supported", e);
    }
  }

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
