package org.touchstone.emulators.aws;

import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.scaladsl.ConnectionContext;
import org.apache.pekko.http.scaladsl.Http;
import org.apache.pekko.http.scaladsl.Http$;
import org.apache.pekko.http.scaladsl.HttpExt;
import org.apache.pekko.http.scaladsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.scaladsl.Flow;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;

/**
 * Pekko's HTTP server without a port: it keeps what would have served a port. ElasticMQ checks no
 * signatures, and a port of its own would be open to everyone on this machine, pages in a browser
 * included.
 */
final class UnboundHttp extends HttpExt {
  private Flow<HttpRequest, HttpResponse, Object> service;

  private UnboundHttp(ExtendedActorSystem system) {
    super(system.settings().config().getConfig("pekko.http"), system);
  }

  /** Puts it in the place of the HTTP server of a new actor system. */
  @SuppressWarnings("unchecked")
  static UnboundHttp install(ActorSystem system) {
    UnboundHttp http = new UnboundHttp((ExtendedActorSystem) system);
    try {
      // Pekko knows no other way to replace an extension.
      Field extensions = system.getClass().getDeclaredField("extensions");
      extensions.setAccessible(true);
      ((Map<Object, Object>) extensions.get(system)).put(Http$.MODULE$, http);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of Pekko is not supported", e);
    }
    return http;
  }

  /** What would have served the port. */
  Flow<HttpRequest, HttpResponse, Object> service() {
    if (service == null) {
      throw new IllegalStateException("this version of ElasticMQ is not supported");
    }
    return service;
  }

  @Override
  public Future<Http.ServerBinding> bindAndHandleImpl(
      Flow<HttpRequest, HttpResponse, Object> handler,
      String host,
      int port,
      ConnectionContext context,
      ServerSettings settings,
      LoggingAdapter log,
      Materializer materializer) {
    service = handler;
    return Future.successful(
        new Http.ServerBinding(
            InetSocketAddress.createUnresolved(host, port),
            () -> Future.successful(BoxedUnit.UNIT),
            timeout -> Future.successful(null)));
  }
}
