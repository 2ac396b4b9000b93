package org.touchstone.intake.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.Problem;
import org.touchstone.intake.access.Visitor;
import org.touchstone.intake.request.ProblemPage;
import org.touchstone.intake.waiting.Fresh;
import org.touchstone.storage.DownloadStore;

/** Makes answers of pages for the current request: in its language, with what protects a page. */
@RequestScoped
public class Pages implements ProblemPage {
  private static final String HTML = MediaType.TEXT_HTML + "; charset=utf-8";
  private static final String IF_NONE_MATCH = "If-None-Match";
  private static final int LANGUAGE_SECONDS = 365 * 86_400;
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+){0,4}");

  private final UriInfo uri;
  private final HttpHeaders headers;
  private final Visitor visitor;
  private final DownloadStore downloads;

  @Inject
  public Pages(UriInfo uri, HttpHeaders headers, Visitor visitor, DownloadStore downloads) {
    this.uri = uri;
    this.headers = headers;
    this.visitor = visitor;
    this.downloads = downloads;
  }

  /** The texts in the request's language. */
  Texts texts() {
    return Language.of(asked(), cookies(), headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }

  private String asked() {
    return uri.getQueryParameters().getFirst("lang");
  }

  private Map<String, Cookie> cookies() {
    return headers.getCookies();
  }

  /**
   * What surrounds the page.
   *
   * @param noindex whether search engines are asked to leave it out
   */
  Chrome chrome(String title, boolean noindex) {
    String path = path();
    return new Chrome(
        texts(),
        title,
        "../".repeat((int) path.chars().filter(c -> c == '/').count()),
        visitor.csrf(),
        visitor.access().isPresent(),
        visitor.hasSession(),
        isAddress(path) ? path : "",
        Texts.all(),
        Assets.names(),
        noindex);
  }

  /** The page's address relative to the first page, without its language. */
  private String path() {
    String path = uri.getPath();
    return path.startsWith("/") ? path.substring(1) : path;
  }

  /**
   * A whole address, for what other sites load.
   *
   * @param address relative to the first page
   */
  String absolute(String address) {
    URI own = uri.getAbsolutePath();
    URI whole =
        own.resolve("../".repeat((int) path().chars().filter(c -> c == '/').count()) + address);
    boolean isLoopback = LOOPBACK.matcher(String.valueOf(whole.getHost())).matches();
    return isLoopback ? whole.toString() : whole.toString().replaceFirst("^http:", "https:");
  }

  /** Whether a text is an address of our own pages, relative to the first one. */
  static boolean isAddress(String text) {
    return text != null && text.length() <= 200 && ADDRESS.matcher(text).matches();
  }

  /** A page that its visitor may have already; then the answer is empty. */
  Response show(TemplateInstance page) {
    Fresh fresh = Fresh.of(page.render().getBytes(StandardCharsets.UTF_8));
    List<String> had = headers.getRequestHeaders().getOrDefault(IF_NONE_MATCH, List.of());
    Response.ResponseBuilder response =
        fresh.isKnownTo(had)
            ? Response.notModified()
            : Response.ok(new String(fresh.json(), StandardCharsets.UTF_8), HTML);
    return secured(response)
        .header(HttpHeaders.ETAG, fresh.tag())
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .build();
  }

  /** A page that says that something did not work. */
  Response refuse(int status, TemplateInstance page) {
    return secured(Response.status(status).entity(page.render()).type(HTML))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /**
   * Leads the visitor on after a form was sent.
   *
   * @param address relative to that of the form; the browser alone knows what comes before it
   */
  static Response.ResponseBuilder goTo(String address) {
    return Response.status(Response.Status.SEE_OTHER)
        .header(HttpHeaders.LOCATION, address)
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  @Override
  public Optional<Response.ResponseBuilder> of(Problem problem, int status) {
    String path = path();
    boolean isPage =
        !path.startsWith("v1/")
            && !path.startsWith("api/")
            && headers.getAcceptableMediaTypes().contains(MediaType.TEXT_HTML_TYPE);
    if (!isPage) {
      return Optional.empty();
    }
    Texts texts = texts();
    String detail =
        switch (problem.type()) {
          case SHARE_NOT_FOUND -> texts.of("problem.share");
          case RATE_LIMITED -> texts.of("problem.rate");
          case FORM_EXPIRED -> texts.of("problem.form");
          case SIGN_IN_LINK_USED -> texts.of("problem.link-used");
          case KEY_INVALID, KEY_EXPIRED, KEY_REVOKED -> texts.of("problem.key");
          case ANALYSIS_NOT_FOUND -> texts.of("problem.not-found");
          case INTERNAL -> texts.of("problem.internal");
          default ->
              status == Response.Status.NOT_FOUND.getStatusCode()
                  ? texts.of("problem.not-found")
                  : ResultViews.problem(texts, problem);
        };
    Chrome chrome = chrome(texts.of("problem.title"), true);
    return Optional.of(
        secured(
                Response.status(status)
                    .entity(Templates.problem(chrome, detail).render())
                    .type(HTML))
            .header(HttpHeaders.CACHE_CONTROL, "no-store"));
  }

  private Response.ResponseBuilder secured(Response.ResponseBuilder response) {
    String media = downloads.origin();
    response
        .header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
                + media
                + "; media-src 'self' "
                + media
                + "; connect-src 'self' "
                + media
                + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Vary", "Accept-Language, Cookie")
        .header(HttpHeaders.CONTENT_LANGUAGE, texts().language());
    if (Language.isKnown(asked())) {
      response.cookie(
          new NewCookie.Builder(Language.COOKIE)
              .value(asked())
              .path("/")
              .maxAge(LANGUAGE_SECONDS)
              .sameSite(NewCookie.SameSite.LAX)
              .httpOnly(true)
              .build());
    }
    return response;
  }
}
