package org.touchstone.local.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.domain.ProblemType;
import org.touchstone.intake.RequestGate;
import org.touchstone.local.stack.LocalStack;

/**
 * Keeps web pages away from the API, which may ask nobody who they are: a page that the user visits
 * can send requests to this machine, and its host's name may lead here. Also refuses new work while
 * there is no room for it.
 */
@ApplicationScoped
public class LoopbackGate {
  /** Before the other filters. */
  private static final int PRIORITY = 2_000;

  private static final int FORBIDDEN = 403;
  private static final int BAD_REQUEST = 400;
  private static final int MISDIRECTED = 421;

  /** As it was sent: without dots and escapes, of which the router could make another address. */
  private static final Pattern CALLBACK = Pattern.compile("/v1/callbacks/[0-9A-Za-z]{1,64}");

  private final HostNames names;
  private final HostNames publicName;

  /**
   * @param names more names of this machine by which its API may be addressed
   * @param publicUrl the address that voters call back; under its name nothing else is accepted
   */
  @Inject
  public LoopbackGate(
      @ConfigProperty(name = "touchstone.api.allowed-hosts") Optional<List<String>> names,
      @ConfigProperty(name = "touchstone.partners.public-url") Optional<URI> publicUrl) {
    this.names = new HostNames(names.orElse(List.of()));
    this.publicName = new HostNames(publicUrl.map(URI::getHost).stream().toList());
  }

  void install(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    String host = host(request);
    if (host == null || host.isBlank()) {
      refuse(exchange, BAD_REQUEST, "The request has no Host header.");
    } else if (request.headers().getAll("Host").size() > 1) {
      refuse(exchange, BAD_REQUEST, "The request has more than one Host header.");
    } else if (!names.accepts(host) && !isCallback(request, host)) {
      refuse(
          exchange,
          MISDIRECTED,
          "This host name is not one of the API. More names can be set with"
              + " TOUCHSTONE_API_ALLOWED_HOSTS.");
    } else if (isOfAnotherSite(request, host)) {
      refuse(exchange, FORBIDDEN, "Web pages of other sites may not use this API.");
    } else if (request.method() == HttpMethod.POST && LocalStack.room().isFull()) {
      RequestGate.refuse(
          exchange,
          ProblemType.STORAGE_FULL,
          ProblemType.STORAGE_FULL.httpStatus(),
          "The disk of the data folder is full. Make room, and try again.");
    } else {
      exchange.next();
    }
  }

  private boolean isCallback(HttpServerRequest request, String host) {
    return publicName.isConfigured(host)
        && request.method() == HttpMethod.POST
        && isCallback(request.path());
  }

  /** Whether the path of a request, as it was sent, leads to callbacks and nowhere else. */
  static boolean isCallback(String path) {
    return path != null && CALLBACK.matcher(path).matches();
  }

  /** The host that the client addresses; HTTP/2 has no header for it. */
  private static String host(HttpServerRequest request) {
    String header = request.getHeader("Host");
    return header == null && request.authority() != null ? request.authority().toString() : header;
  }

  private boolean isOfAnotherSite(HttpServerRequest request, String host) {
    String origin = request.getHeader("Origin");
    if (origin != null) {
      return !origin.equalsIgnoreCase("http://" + host) && !names.isConfiguredOrigin(origin);
    }
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  private static void refuse(RoutingContext exchange, int status, String detail) {
    RequestGate.refuse(exchange, ProblemType.REQUEST_INVALID, status, detail);
  }
}
