package org.touchstone.mentions.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.Fetcher;
import org.touchstone.mentions.platform.PlatformException;

/**
 * Sends requests to one platform through the guarded fetcher. Nothing is sent twice, redirects are
 * not followed, and messages name neither addresses nor secrets. Thread-safe.
 */
public final class ApiClient {
  /** Largest answer, in bytes. */
  public static final int MAX_BYTES = 4 << 20;

  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String LOOPBACK = "127.0.0.1";

  private final String platform;
  private final URI server;
  private final Fetcher fetcher;

  /**
   * @param platform the platform's name, for messages
   * @param server its address
   * @param allowPrivate whether the server may lie at a private address; a server on loopback is
   *     the only one opened then
   */
  public ApiClient(String platform, URI server, boolean allowPrivate) {
    this.platform = platform;
    this.server = server;
    boolean isLoopback = LOOPBACK.equals(server.getHost());
    FetchPolicy policy = FetchPolicy.ofService(allowPrivate && !isLoopback, MAX_BYTES, DEADLINE);
    this.fetcher =
        new Fetcher(
            allowPrivate && isLoopback ? policy.opening(WebLink.parse(server.toString())) : policy);
  }

  /** The server's address, without a slash at its end. */
  public String address() {
    return server.toString().replaceFirst("/+$", "");
  }

  /** The address of a resource. */
  public WebLink link(String pathAndQuery) throws PlatformException {
    try {
      WebLink link = WebLink.parse(address() + pathAndQuery);
      if (link.scheme().equals("http") && !LOOPBACK.equals(link.host())) {
        throw rejected();
      }
      return link;
    } catch (ProblemException e) {
      throw rejected();
    }
  }

  private PlatformException rejected() {
    return new PlatformException(
        PlatformException.Kind.REJECTED, platform + "'s address is not a valid https address.");
  }

  /**
   * Sends a request that changes nothing.
   *
   * @throws PlatformException {@link PlatformException.Kind#UNAVAILABLE} when no answer comes
   */
  public ApiReply read(FetchRequest request) throws PlatformException {
    return send(request, PlatformException.Kind.UNAVAILABLE);
  }

  /**
   * Sends a request that changes something.
   *
   * @throws PlatformException {@link PlatformException.Kind#UNAVAILABLE} when it was not sent,
   *     {@link PlatformException.Kind#LOST_ANSWER} when it may have been carried out
   */
  public ApiReply write(FetchRequest request) throws PlatformException {
    return send(request, PlatformException.Kind.LOST_ANSWER);
  }

  private ApiReply send(FetchRequest request, PlatformException.Kind lost)
      throws PlatformException {
    try {
      return fetcher.exchange(
          request.with("Accept", "application/json"),
          reply -> {
            String text = new String(reply.body().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            return new ApiReply(reply.status(), reply.headers(), text, json(text));
          });
    } catch (EnvironmentFault e) {
      throw new PlatformException(
          PlatformException.Kind.UNAVAILABLE, "This machine cannot open a connection.");
    } catch (ProblemException e) {
      throw failure(e.problem().type(), lost);
    } catch (IOException e) {
      throw new PlatformException(lost, platform + "'s answer could not be read.");
    }
  }

  private PlatformException failure(ProblemType type, PlatformException.Kind lost) {
    return switch (type) {
      case LINK_BLOCKED, LINK_INVALID, LINK_UNSUPPORTED ->
          new PlatformException(
              PlatformException.Kind.REJECTED, platform + "'s address may not be visited.");
      // Nothing was sent before a connection stood.
      case FETCH_UNREACHABLE, FETCH_TLS ->
          new PlatformException(
              PlatformException.Kind.UNAVAILABLE, platform + " cannot be reached.");
      case MEDIA_TOO_LARGE ->
          new PlatformException(lost, platform + " answered with more than 4 MiB.");
      default -> new PlatformException(lost, "The connection to " + platform + " failed.");
    };
  }

  private static JsonNode json(String text) {
    try {
      JsonNode node = Json.mapper().readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
