package org.touchstone.fetch;

import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.net.URIAuthority;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** Converts requests and responses between our types and the HTTP library's. */
final class HttpMessages {
  private static final URI ROOT = URI.create("/");

  private HttpMessages() {}

  /**
   * Builds the library's request. The path is set separately, because a path that begins with two
   * slashes must not be read as a host.
   */
  static HttpUriRequestBase request(FetchRequest wanted) {
    WebLink link = wanted.link();
    HttpUriRequestBase request = new HttpUriRequestBase(wanted.method(), ROOT);
    request.setScheme(link.scheme());
    request.setAuthority(new URIAuthority(link.host(), link.isDefaultPort() ? -1 : link.port()));
    request.setPath(link.pathAndQuery());
    request.setHeader(HttpHeaders.ACCEPT, "*/*");
    // Not deflate, which servers send in two forms that only trying tells apart.
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip, br");
    wanted.headers().forEach(request::setHeader);
    request.setHeader(HttpHeaders.CONNECTION, "close");
    FetchBody body = wanted.body();
    if (body != null) {
      request.setEntity(
          new EntityTemplate(
              body.length(),
              ContentType.parse(body.contentType()),
              null,
              out -> {
                try (InputStream in = body.source().open()) {
                  in.transferTo(out);
                }
              }));
    }
    return request;
  }

  /** All headers, by lower-case name. */
  static Map<String, List<String>> headers(HttpResponse response) {
    Map<String, List<String>> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue() == null ? "" : header.getValue());
    }
    return headers;
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case HttpStatus.SC_MOVED_PERMANENTLY,
          HttpStatus.SC_MOVED_TEMPORARILY,
          HttpStatus.SC_SEE_OTHER,
          HttpStatus.SC_TEMPORARY_REDIRECT,
          HttpStatus.SC_PERMANENT_REDIRECT ->
          true;
      default -> false;
    };
  }

  /**
   * The target of a redirect; null when the response is not a redirect.
   *
   * @throws ProblemException when the target is missing or not valid, or when it leads from an
   *     encrypted to an unencrypted address
   */
  static WebLink redirect(WebLink from, HttpResponse response) {
    if (!isRedirect(response.getCode())) {
      return null;
    }
    Header location = response.getFirstHeader(HttpHeaders.LOCATION);
    if (location == null || location.getValue() == null) {
      throw new ProblemException(ProblemType.FETCH_FAILED);
    }
    WebLink next = from.resolve(location.getValue());
    if (from.scheme().equals("https") && next.scheme().equals("http")) {
      throw new ProblemException(
          ProblemType.LINK_BLOCKED, "This link leads from an encrypted to an unencrypted address.");
    }
    return next;
  }
}
