package org.touchstone.openid;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.Fetcher;

/**
 * An OpenID Connect provider: where people sign in, and who they are then. What it says of itself
 * and its keys are asked for once an hour; a key that is not known, at most once a minute.
 * Thread-safe.
 */
public final class OpenIdProvider {
  private static final Logger LOG = Logger.getLogger(OpenIdProvider.class);
  private static final int MAX_ANSWER = 256 * 1024;
  private static final Duration BELIEVED = Duration.ofHours(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
  private static final Pattern CODE = Pattern.compile("[\\x21-\\x7e]{1,2048}");
  private static final int OK = 200;

  private final ProviderSettings settings;
  private final Fetcher fetcher;
  private final InstantSource clock;
  private final IdTokenCheck check;
  private Described described;

  /**
   * @param fetcher does not follow redirects
   */
  public OpenIdProvider(ProviderSettings settings, Fetcher fetcher, InstantSource clock) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.fetcher = Objects.requireNonNull(fetcher, "fetcher");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.check = new IdTokenCheck(settings);
  }

  /** What the provider said of itself, and its keys. */
  private record Described(
      WebLink authorization, WebLink token, Map<String, PublicKey> keys, Instant at) {}

  /**
   * Where a person signs in.
   *
   * @throws ProblemException {@link ProblemType#SIGN_IN_UNAVAILABLE} when the provider cannot be
   *     asked
   */
  public String address(Flow flow) {
    WebLink there = described(Duration.ZERO).authorization();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", settings.redirectUri());
    query.put("scope", "openid email");
    query.put("state", flow.state());
    query.put("nonce", flow.nonce());
    query.put("code_challenge", flow.challenge());
    query.put("code_challenge_method", "S256");
    return there
        + (there.query() == null ? "?" : "&")
        + query.entrySet().stream()
            .map(part -> part.getKey() + "=" + encode(part.getValue()))
            .collect(Collectors.joining("&"));
  }

  /**
   * The person who signed in.
   *
   * @param code what the provider sent back by the browser
   * @throws ProblemException {@link ProblemType#SIGN_IN_FAILED} when the provider refuses the code
   *     or its token is not to be believed, {@link ProblemType#SIGN_IN_UNAVAILABLE} when it cannot
   *     be asked
   */
  public Identity identity(String code, Flow flow) {
    if (code == null || !CODE.matcher(code).matches()) {
      throw new ProblemException(ProblemType.SIGN_IN_FAILED);
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", settings.redirectUri());
    form.put("code_verifier", flow.verifier());
    form.put("client_id", settings.clientId());
    FetchRequest request = FetchRequest.postForm(described(Duration.ZERO).token(), form);
    if (settings.clientSecret() != null) {
      // RFC 6749, 2.3.1: both are encoded as in a form before.
      String pair = encode(settings.clientId()) + ":" + encode(settings.clientSecret());
      request =
          request.with(
              "Authorization",
              "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    JsonNode answer = ask(request, ProblemType.SIGN_IN_FAILED);
    try {
      return check.check(
          answer.path("id_token").asText(""), flow.nonce(), this::key, clock.instant());
    } catch (TokenException e) {
      LOG.warnf("a sign-in failed: %s", e.getMessage());
      throw new ProblemException(ProblemType.SIGN_IN_FAILED);
    }
  }

  /** A provider that changed its keys is asked again, but not by everyone who makes up a key. */
  private PublicKey key(String id) {
    PublicKey known = described(Duration.ZERO).keys().get(id);
    return known != null ? known : described(BETWEEN_LOOKS).keys().get(id);
  }

  /**
   * @param oldest zero for what is believed anyway
   */
  private synchronized Described described(Duration oldest) {
    Instant now = clock.instant();
    Duration age = oldest.isZero() ? BELIEVED : oldest;
    if (described == null || described.at().plus(age).isBefore(now)) {
      JsonNode said =
          get(settings.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration");
      if (!said.path("issuer").asText("").equals(settings.issuer())) {
        LOG.error("the sign-in provider calls itself by another name than the configuration");
        throw new ProblemException(ProblemType.SIGN_IN_UNAVAILABLE);
      }
      described =
          new Described(
              link(said, "authorization_endpoint"),
              link(said, "token_endpoint"),
              SigningKeys.of(get(link(said, "jwks_uri").toString())),
              now);
    }
    return described;
  }

  private WebLink link(JsonNode said, String name) {
    try {
      WebLink link = WebLink.parse(said.path(name).asText(""));
      boolean encrypted = link.scheme().equals("https") || settings.issuer().startsWith("http:");
      if (encrypted) {
        return link;
      }
    } catch (ProblemException e) {
      // Told below.
    }
    LOG.errorf("the sign-in provider names no valid %s", name);
    throw new ProblemException(ProblemType.SIGN_IN_UNAVAILABLE);
  }

  private JsonNode get(String address) {
    return ask(
        FetchRequest.get(WebLink.parse(address)).with("Accept", "application/json"),
        ProblemType.SIGN_IN_UNAVAILABLE);
  }

  /**
   * @param refused what it is when the provider answers with an error of the request
   */
  private JsonNode ask(FetchRequest request, ProblemType refused) {
    final int serverError = 500;
    try {
      return fetcher.exchange(
          request,
          reply -> {
            if (reply.status() != OK) {
              LOG.warnf("the sign-in provider answered %d", reply.status());
              throw new ProblemException(
                  reply.status() < serverError ? refused : ProblemType.SIGN_IN_UNAVAILABLE);
            }
            byte[] body = reply.body().readNBytes(MAX_ANSWER + 1);
            JsonNode json = body.length > MAX_ANSWER ? null : Json.mapper().readTree(body);
            if (json == null || !json.isObject()) {
              throw new ProblemException(ProblemType.SIGN_IN_UNAVAILABLE);
            }
            return json;
          });
    } catch (ProblemException e) {
      ProblemType type = e.problem().type();
      throw type == ProblemType.SIGN_IN_FAILED || type == ProblemType.SIGN_IN_UNAVAILABLE
          ? e
          : new ProblemException(ProblemType.SIGN_IN_UNAVAILABLE);
    } catch (IOException e) {
      LOG.warnf("the sign-in provider's answer cannot be read: %s", e.getClass().getSimpleName());
      throw new ProblemException(ProblemType.SIGN_IN_UNAVAILABLE);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
