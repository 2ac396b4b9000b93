package org.touchstone.emulators.aws;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

/** Puts filters before all handlers of a server that is not started yet. */
final class RequestFilters {
  private RequestFilters() {}

  static void install(S3Proxy proxy, Filter... filters) {
    try {
      // S3Proxy does not expose its Jetty server.
      var field = S3Proxy.class.getDeclaredField("server");
      field.setAccessible(true);
      ServletContextHandler context =
          ((Server) field.get(proxy)).getDescendant(ServletContextHandler.class);
      for (Filter filter : filters) {
        context.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of S3Proxy is not supported", e);
    }
  }
}
