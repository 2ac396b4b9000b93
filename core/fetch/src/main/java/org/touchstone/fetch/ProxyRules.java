package org.touchstone.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.touchstone.domain.link.WebLink;

/**
 * The proxy that an operator wants requests to go through, and the hosts that are reached without
 * it. The operator names the proxy, so it may have any address; behind it, the proxy resolves the
 * names, and the operator vouches for where it connects.
 *
 * @param proxy the proxy
 * @param direct hosts that are reached directly: {@code *} for all, a name, or the end of names,
 *     with or without a leading dot
 */
public record ProxyRules(HttpProxy proxy, List<String> direct) {
  private static final int MAX_PORT = 65_535;
  private static final int DEFAULT_PORT = 80;

  public ProxyRules {
    Objects.requireNonNull(proxy, "proxy");
    direct = direct.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * An HTTP proxy that tunnels encrypted connections.
   *
   * @param user empty when it asks for no password
   * @param password not shown anywhere
   */
  public record HttpProxy(String host, int port, Optional<String> user, String password) {
    public HttpProxy {
      Objects.requireNonNull(host, "host");
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * Reads the values of {@code HTTPS_PROXY} and {@code NO_PROXY}.
   *
   * @param proxy such as {@code http://user:password@proxy.example:3128}; the scheme may be missing
   * @param direct names separated by commas; null for none
   * @throws IllegalArgumentException when the proxy has another form; the message does not repeat
   *     it
   */
  public static ProxyRules parse(String proxy, String direct) {
    URI uri;
    try {
      uri = new URI(proxy.contains("://") ? proxy.strip() : "http://" + proxy.strip());
    } catch (URISyntaxException e) {
      throw unreadable();
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (!"http".equalsIgnoreCase(uri.getScheme())
        || uri.getHost() == null
        || port < 1
        || port > MAX_PORT) {
      throw unreadable();
    }
    String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    HttpProxy parsed =
        new HttpProxy(
            uri.getHost(),
            port,
            login[0].isEmpty() ? Optional.empty() : Optional.of(decoded(login[0])),
            login.length < 2 ? "" : decoded(login[1]));
    List<String> hosts =
        direct == null
            ? List.of()
            : Arrays.stream(direct.split("[,\\s]+")).filter(host -> !host.isEmpty()).toList();
    return new ProxyRules(parsed, hosts);
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "the address of the proxy must have the form http://host:port");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Whether a link is reached without the proxy. */
  boolean isDirect(WebLink link) {
    return direct.stream()
        .map(host -> host.startsWith("*.") ? host.substring(1) : host)
        .anyMatch(host -> matches(host, link));
  }

  private static boolean matches(String host, WebLink link) {
    String name = host.startsWith(".") ? host.substring(1) : host;
    return name.equals("*")
        || link.host().equals(name)
        || link.host().endsWith("." + name)
        || (link.host() + ":" + link.port()).equals(name);
  }
}
