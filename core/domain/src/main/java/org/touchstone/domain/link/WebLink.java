package org.touchstone.domain.link;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * A web address, parsed once and rebuilt from its parts. Another parser may read the link
 * differently, but this host is the one that is checked and connected to. It does not have a user
 * name, a password or a fragment.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower-case ASCII name without a trailing dot, dotted IPv4 address, or IPv6 address in
 *     brackets
 * @param port the port, always set, even if it is the scheme's default
 * @param path begins with a slash; percent-encoded where it must be
 * @param query without the question mark, percent-encoded where it must be; absent when the link
 *     does not have one
 */
public record WebLink(String scheme, String host, int port, String path, String query) {
  /** Maximum number of characters of a link. */
  public static final int MAX_LENGTH = 4096;

  private static final int MAX_HOST_LENGTH = 253;
  private static final int MAX_SHOWN_SCHEME = 20;
  private static final int MAX_PORT = 65_535;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\\\]");
  private static final Pattern WITH_SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
  private static final Pattern NO_HOST = Pattern.compile("(?i)https?:.*");
  private static final Pattern OTHER_SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:(?![0-9]).*");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:%]+)(?::([0-9]{0,5}))?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
  private static final Pattern LITERAL = Pattern.compile("\\[[0-9a-f:.]+]");
  private static final Pattern PRINTABLE = Pattern.compile("[!-~&&[^#]]*");
  private static final Pattern SCOPED = Pattern.compile("\\[[^\\]%]*+%[^\\]]*+].*");

  public WebLink {
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("neither http nor https");
    }
    if (!NAME.matcher(host).matches() && !LITERAL.matcher(host).matches()) {
      throw new IllegalArgumentException("not a host");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("not a port");
    }
    if (!path.startsWith("/") || !PRINTABLE.matcher(path).matches()) {
      throw new IllegalArgumentException("not a path");
    }
    if (query != null && !PRINTABLE.matcher(query).matches()) {
      throw new IllegalArgumentException("not a query");
    }
  }

  /**
   * Parses a link from a user or a server. Without a scheme it means https. Characters that a web
   * address may not contain are percent-encoded, and international host names become ASCII.
   *
   * @throws ProblemException {@link ProblemType#LINK_INVALID} when it is not a web address; {@link
   *     ProblemType#LINK_UNSUPPORTED} when it is neither http nor https; {@link
   *     ProblemType#LINK_BLOCKED} when it holds a user name or a network interface
   */
  public static WebLink parse(String text) {
    String link = text == null ? "" : text.strip();
    if (link.isEmpty() || link.length() > MAX_LENGTH || FORBIDDEN.matcher(link).find()) {
      throw new ProblemException(ProblemType.LINK_INVALID);
    }
    Matcher parts = WITH_SCHEME.matcher(link);
    if (!parts.matches()) {
      if (NO_HOST.matcher(link).matches()) {
        throw new ProblemException(ProblemType.LINK_INVALID);
      }
      if (OTHER_SCHEME.matcher(link).matches()) {
        throw unsupportedScheme(link.substring(0, link.indexOf(':')));
      }
      parts = WITH_SCHEME.matcher("https://" + link);
      if (!parts.matches()) {
        throw new ProblemException(ProblemType.LINK_INVALID);
      }
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw unsupportedScheme(scheme);
    }
    return of(scheme, parts.group(2), parts.group(3), parts.group(4));
  }

  private static WebLink of(String scheme, String authority, String path, String query) {
    if (authority.indexOf('@') >= 0) {
      throw new ProblemException(
          ProblemType.LINK_BLOCKED, "Links with a user name or a password are not followed.");
    }
    if (SCOPED.matcher(authority).matches()) {
      throw new ProblemException(ProblemType.LINK_BLOCKED);
    }
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw new ProblemException(ProblemType.LINK_INVALID);
    }
    String port = parts.group(2);
    int portNumber = port == null || port.isEmpty() ? defaultPort(scheme) : Integer.parseInt(port);
    if (portNumber < 1 || portNumber > MAX_PORT) {
      throw new ProblemException(ProblemType.LINK_INVALID);
    }
    return new WebLink(
        scheme,
        host(parts.group(1)),
        portNumber,
        path.isEmpty() ? "/" : encode(path, "[]"),
        query == null ? null : encode(query, ""));
  }

  private static String host(String text) {
    if (text.startsWith("[")) {
      return text.toLowerCase(Locale.ROOT);
    }
    // A name only gets longer, and a long one takes quadratic time.
    if (text.length() > MAX_HOST_LENGTH + 1) {
      throw new ProblemException(ProblemType.LINK_INVALID);
    }
    String name;
    try {
      name = IDN.toASCII(text).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.LINK_INVALID);
    }
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.length() > MAX_HOST_LENGTH || !NAME.matcher(name).matches()) {
      throw new ProblemException(ProblemType.LINK_INVALID);
    }
    return name;
  }

  /**
   * Resolves a reference from a {@code Location} header or a page at this link.
   *
   * @throws ProblemException as {@link #parse}
   */
  public WebLink resolve(String reference) {
    String text = reference.strip();
    if (text.length() > MAX_LENGTH || FORBIDDEN.matcher(text).find()) {
      throw new ProblemException(ProblemType.LINK_INVALID);
    }
    int fragment = text.indexOf('#');
    if (fragment >= 0) {
      text = text.substring(0, fragment);
    }
    if (WITH_SCHEME.matcher(text).matches() || OTHER_SCHEME.matcher(text).matches()) {
      return parse(text);
    }
    if (text.startsWith("//")) {
      return parse(scheme + ":" + text);
    }
    if (text.isEmpty()) {
      return this;
    }
    if (text.startsWith("?")) {
      return new WebLink(scheme, host, port, path, encode(text.substring(1), ""));
    }
    int question = text.indexOf('?');
    String target = encode(question < 0 ? text : text.substring(0, question), "[]");
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    return new WebLink(
        scheme,
        host,
        port,
        withoutDots(target.startsWith("/") ? target : folder + target),
        question < 0 ? null : encode(text.substring(question + 1), ""));
  }

  /** Removes dot segments as RFC 3986 §5.2.4 does; empty segments stay. */
  private static String withoutDots(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> {}
        case ".." -> kept.pollLast();
        default -> {
          kept.addLast(segments[i]);
          continue;
        }
      }
      if (last) {
        kept.addLast("");
      }
    }
    return "/" + String.join("/", kept);
  }

  private static String encode(String text, String alsoForbidden) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '%' ? !isEscape(text, i) : isForbidden(c, alsoForbidden)) {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          encoded.append('%').append(HEX.toHexDigits(b));
        }
      } else {
        encoded.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return encoded.toString();
  }

  private static boolean isForbidden(int c, String alsoForbidden) {
    return c <= ' ' || c > '~' || "\"<>^`{|}".indexOf(c) >= 0 || alsoForbidden.indexOf(c) >= 0;
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }

  private static ProblemException unsupportedScheme(String scheme) {
    return new ProblemException(
        ProblemType.LINK_UNSUPPORTED,
        "Only http and https links are accepted, not "
            + (scheme.length() <= MAX_SHOWN_SCHEME ? scheme : "others")
            + "; a link looks like https://example.org/photo.jpg.");
  }

  /** Path and query as in a request line. */
  public String pathAndQuery() {
    return query == null ? path : path + "?" + query;
  }

  /** Whether the port is the scheme's default, which links leave out. */
  public boolean isDefaultPort() {
    return port == defaultPort(scheme);
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("http") ? HTTP_PORT : HTTPS_PORT;
  }

  @Override
  public String toString() {
    return scheme + "://" + host + (isDefaultPort() ? "" : ":" + port) + pathAndQuery();
  }
}
