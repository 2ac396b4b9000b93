package org.touchstone.partners.callback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jboss.logging.Logger;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemDetails;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * {@code POST /v1/callbacks/{token}}: a voter calls back. Answers 202 to a callback that somebody
 * waits for, and problem details otherwise.
 */
@Named("callbacks")
@ApplicationScoped
public class CallbacksHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private static final Logger LOG = Logger.getLogger(CallbacksHandler.class);
  private static final int ACCEPTED = 202;
  private static final String TYPE = "Content-Type";

  private final CallbackDesk desk;

  @Inject
  public CallbacksHandler(CallbackDesk desk) {
    this.desk = desk;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    try {
      String token =
          event.getPathParameters() == null ? null : event.getPathParameters().get("token");
      desk.receive(token, body(event), name -> header(event, name));
      return response(ACCEPTED, "application/json", "{}");
    } catch (ProblemException e) {
      return problem(e.problem().type(), e.problem());
    } catch (RuntimeException e) {
      LOG.error("a callback cannot be stored", e);
      return problem(ProblemType.INTERNAL, Problem.of(ProblemType.INTERNAL));
    }
  }

  private static byte[] body(APIGatewayProxyRequestEvent event) {
    String body = event.getBody() == null ? "" : event.getBody();
    if (!Boolean.TRUE.equals(event.getIsBase64Encoded())) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "The body is not base 64.");
    }
  }

  private static String header(APIGatewayProxyRequestEvent event, String name) {
    Map<String, String> headers = event.getHeaders() == null ? Map.of() : event.getHeaders();
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static APIGatewayProxyResponseEvent problem(ProblemType type, Problem problem) {
    return response(
        type.httpStatus(),
        ProblemDetails.MEDIA_TYPE,
        Json.string(ProblemDetails.of(type, type.httpStatus(), problem.detail())));
  }

  private static APIGatewayProxyResponseEvent response(int status, String type, String body) {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(status)
        .withHeaders(Map.of(TYPE, type))
        .withBody(body);
  }
}
