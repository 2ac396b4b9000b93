package org.touchstone.local.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchReply;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.Fetcher;
import org.touchstone.fetch.ProxyRules;
import org.touchstone.fetch.TrustedCertificates;

/**
 * The way to the hub that publishes models: directly, through an organisation's proxy, or to a
 * mirror in its network. The hub's token goes to the hub or its mirror only, and only encrypted;
 * where they redirect to, nobody sees it.
 */
public final class HubConnection implements AutoCloseable {
  /** The hub whose files a mirror stands for. */
  private static final String HUB = "huggingface.co";

  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,512}");

  private final Fetcher fetcher;
  private final Fetcher toMirror;
  private final Settings settings;

  /**
   * How to reach the hub.
   *
   * @param mirror the base address of a mirror that stands for the hub, in any network and with or
   *     without encryption, as the operator names it
   * @param token for files that the hub does not give to everybody
   * @param proxies the proxy that requests go through
   * @param certificates a file of authorities to trust besides the public ones
   * @param allowPrivate whether files may be read from private networks, without encryption
   */
  public record Settings(
      Optional<WebLink> mirror,
      Optional<String> token,
      Optional<ProxyRules> proxies,
      Optional<Path> certificates,
      boolean allowPrivate) {
    /** Directly, as anybody. */
    public static final Settings DIRECT =
        new Settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    public Settings {
      Objects.requireNonNull(mirror, "mirror");
      Objects.requireNonNull(proxies, "proxies");
      Objects.requireNonNull(certificates, "certificates");
      if (token.filter(text -> !TOKEN.matcher(text).matches()).isPresent()) {
        throw new IllegalArgumentException("HF_TOKEN has characters that no token has");
      }
    }

    /**
     * The settings of the environment: {@code HF_ENDPOINT}, {@code HF_TOKEN}, {@code HTTPS_PROXY},
     * {@code NO_PROXY} and {@code SSL_CERT_FILE}.
     *
     * @param mirror instead of {@code HF_ENDPOINT}; null if not given
     * @param certificates instead of {@code SSL_CERT_FILE}; null if not given
     * @param paths makes paths of the environment absolute
     * @throws IllegalArgumentException saying which of them cannot be used, without its value
     */
    public static Settings of(
        Map<String, String> environment,
        String mirror,
        Path certificates,
        boolean allowPrivate,
        UnaryOperator<Path> paths) {
      Optional<String> proxy =
          text(environment, "HTTPS_PROXY").or(() -> text(environment, "https_proxy"));
      String direct =
          text(environment, "NO_PROXY").or(() -> text(environment, "no_proxy")).orElse(null);
      Optional<String> base =
          Optional.ofNullable(mirror).or(() -> text(environment, "HF_ENDPOINT"));
      Optional<Path> trusted =
          Optional.ofNullable(certificates)
              .or(() -> text(environment, "SSL_CERT_FILE").map(Path::of).map(paths));
      return new Settings(
          base.map(Settings::base).filter(link -> !link.host().equals(HUB)),
          text(environment, "HF_TOKEN"),
          proxy.map(address -> ProxyRules.parse(address, direct)),
          trusted,
          allowPrivate);
    }

    private static WebLink base(String address) {
      try {
        return WebLink.parse(address);
      } catch (ProblemException e) {
        throw new IllegalArgumentException("the mirror's base address is not a web address", e);
      }
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
      return Optional.ofNullable(environment.get(name))
          .map(String::strip)
          .filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
      return "by mirror %s, proxy %s".formatted(mirror, proxies.map(ProxyRules::proxy));
    }
  }

  /**
   * @throws IllegalArgumentException when the file of certificates cannot be used
   */
  public HubConnection(Settings settings) {
    this(settings, null);
  }

  /**
   * @param fetcher reaches all but the mirror; null for one as the settings say
   */
  HubConnection(Settings settings, Fetcher fetcher) {
    this.settings = settings;
    SSLContext tls =
        settings
            .certificates()
            .map(TrustedCertificates::with)
            .orElseGet(TrustedCertificates::usual);
    ProxyRules proxies = settings.proxies().orElse(null);
    this.fetcher =
        fetcher != null
            ? fetcher
            : new Fetcher(
                settings.allowPrivate() ? Downloader.WITH_PRIVATE : Downloader.POLICY,
                tls,
                proxies);
    this.toMirror =
        settings.mirror().isPresent()
            ? new Fetcher(Downloader.WITH_PRIVATE, tls, proxies)
            : this.fetcher;
  }

  /** The address that a file is asked for at: its own, or the mirror's. */
  WebLink address(WebLink published) {
    if (settings.mirror().isEmpty() || !published.host().equals(HUB)) {
      return published;
    }
    WebLink mirror = settings.mirror().get();
    String base = mirror.path().endsWith("/") ? mirror.path() : mirror.path() + "/";
    return new WebLink(
        mirror.scheme(),
        mirror.host(),
        mirror.port(),
        base + published.path().substring(1),
        published.query());
  }

  /** Whether an address may be used: encrypted ones, and those that the operator allows. */
  boolean permits(WebLink link) {
    return link.scheme().equals("https") || settings.allowPrivate() || isMirror(link);
  }

  /** Sends a request, with the token if it goes to the hub. */
  <T> T exchange(FetchRequest request, FetchReply.Reader<T> reader) throws IOException {
    WebLink link = request.link();
    boolean hub = link.host().equals(HUB) || isMirror(link);
    FetchRequest sent =
        hub && link.scheme().equals("https") && settings.token().isPresent()
            ? request.with("Authorization", "Bearer " + settings.token().get())
            : request;
    return (isMirror(link) ? toMirror : fetcher).exchange(sent, reader);
  }

  private boolean isMirror(WebLink link) {
    return settings
        .mirror()
        .filter(
            mirror ->
                mirror.scheme().equals(link.scheme())
                    && mirror.host().equals(link.host())
                    && mirror.port() == link.port())
        .isPresent();
  }

  @Override
  public void close() {
    fetcher.close();
    if (toMirror != fetcher) {
      toMirror.close();
    }
  }
}
