package org.touchstone.local.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.intake.RequestGate;
import org.touchstone.partners.callback.CallbackDesk;

/**
 * {@code POST /v1/callbacks/{token}}: voters call back. On AWS a function of its own serves it. It
 * is no resource of the API, because callers have no API key; {@link RequestGate} reads the body
 * before.
 */
@ApplicationScoped
public class CallbackRoute {
  private static final Logger LOG = Logger.getLogger(CallbackRoute.class);
  private static final int ACCEPTED = 202;

  private final CallbackDesk desk;

  @Inject
  public CallbackRoute(CallbackDesk desk) {
    this.desk = desk;
  }

  void install(@Observes Router router) {
    router.post("/v1/callbacks/:token").order(-1).blockingHandler(this::receive, false);
  }

  private void receive(RoutingContext exchange) {
    Buffer body = exchange.body().buffer();
    try {
      desk.receive(
          exchange.pathParam("token"),
          body == null ? new byte[0] : body.getBytes(),
          exchange.request()::getHeader);
      exchange
          .response()
          .setStatusCode(ACCEPTED)
          .putHeader("Content-Type", "application/json")
          .end("{}");
    } catch (ProblemException e) {
      ProblemType type = e.problem().type();
      RequestGate.refuse(exchange, type, type.httpStatus(), e.problem().detail());
    } catch (RuntimeException e) {
      LOG.error("a callback cannot be stored", e);
      RequestGate.refuse(exchange, ProblemType.INTERNAL, ProblemType.INTERNAL.httpStatus(), null);
    }
  }
}
