package org.touchstone.payers.buying;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemDetails;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * The addresses that buyers and Stripe call, who have no API key: {@code POST
 * /v1/marketplace/register}, to which AWS Marketplace sends a buyer with a form; {@code
 * /v1/stripe/welcome}, to which Stripe sends one after the checkout; {@code POST
 * /v1/stripe/events}. A browser is answered with a page, others with problem details.
 */
@Named("buying")
@ApplicationScoped
public class BuyingHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private static final Logger LOG = Logger.getLogger(BuyingHandler.class);
  private static final int MAX_FORM = 16 * 1024;
  private static final int MAX_EVENT = 1 << 20;
  private static final int OK = 200;
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SESSION = "session_id";

  private final BuyingDesk desk;

  @Inject
  public BuyingHandler(BuyingDesk desk) {
    this.desk = desk;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    try {
      return answer(event);
    } catch (ProblemException e) {
      return problem(event, e.problem());
    } catch (RuntimeException e) {
      LOG.error("a purchase cannot be set up", e);
      return problem(event, Problem.of(ProblemType.INTERNAL));
    }
  }

  private APIGatewayProxyResponseEvent answer(APIGatewayProxyRequestEvent event) {
    String route = event.getHttpMethod() + " " + event.getResource();
    return switch (route) {
      case "POST /v1/marketplace/register" ->
          html(OK, shown(desk.register(field(event, "x-amzn-marketplace-token"))));
      case "GET /v1/stripe/welcome" -> html(OK, Pages.welcome(session(event)));
      case "POST /v1/stripe/welcome" -> html(OK, shown(desk.welcome(field(event, SESSION))));
      case "POST /v1/stripe/events" -> {
        desk.stripe(body(event, MAX_EVENT), header(event, "Stripe-Signature"));
        yield response(OK, "application/json", "{}");
      }
      default -> throw new ProblemException(ProblemType.REQUEST_INVALID);
    };
  }

  private static String shown(BuyingDesk.Shown shown) {
    return Pages.key(shown.account().id(), shown.key().reveal());
  }

  private static String session(APIGatewayProxyRequestEvent event) {
    String session =
        event.getQueryStringParameters() == null
            ? null
            : event.getQueryStringParameters().get(SESSION);
    if (session == null || session.length() > MAX_FORM) {
      throw new ProblemException(ProblemType.PURCHASE_INVALID);
    }
    return session;
  }

  /** A field of a form; null without it. */
  private static String field(APIGatewayProxyRequestEvent event, String name) {
    String form = new String(body(event, MAX_FORM), StandardCharsets.UTF_8);
    for (String field : form.split("&")) {
      int equals = field.indexOf('=');
      if (equals > 0 && decoded(field.substring(0, equals)).equals(name)) {
        return decoded(field.substring(equals + 1));
      }
    }
    return null;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "The form cannot be read.");
    }
  }

  private static byte[] body(APIGatewayProxyRequestEvent event, int most) {
    String text = event.getBody() == null ? "" : event.getBody();
    byte[] body;
    try {
      body =
          Boolean.TRUE.equals(event.getIsBase64Encoded())
              ? Base64.getDecoder().decode(text)
              : text.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "The body is not base 64.");
    }
    if (body.length > most) {
      throw new ProblemException(ProblemType.REQUEST_TOO_LARGE);
    }
    return body;
  }

  private static String header(APIGatewayProxyRequestEvent event, String name) {
    Map<String, String> headers = event.getHeaders() == null ? Map.of() : event.getHeaders();
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static APIGatewayProxyResponseEvent problem(
      APIGatewayProxyRequestEvent event, Problem problem) {
    ProblemType type = problem.type();
    String accept = header(event, "Accept");
    return accept != null && accept.contains("text/html")
        ? html(type.httpStatus(), Pages.problem(problem))
        : response(
            type.httpStatus(),
            ProblemDetails.MEDIA_TYPE,
            Json.string(ProblemDetails.of(type, type.httpStatus(), problem.detail())));
  }

  private static APIGatewayProxyResponseEvent html(int status, String page) {
    return response(status, HTML, page);
  }

  private static APIGatewayProxyResponseEvent response(int status, String type, String body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", type);
    headers.put("Cache-Control", "no-store");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors"
            + " 'none'");
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(status)
        .withHeaders(headers)
        .withBody(body);
  }
}
