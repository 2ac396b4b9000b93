package org.touchstone.resolver.link;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.WWWFormCodec;
import org.touchstone.domain.link.WebLink;

/**
 * A link's path and query in the form that patterns match: percent-decoded, without empty path
 * segments or a trailing slash. A path that does not decode to plain text stays as it is, and so
 * matches no pattern.
 */
public final class LinkText {
  private final String path;
  private final Map<String, String> parameters = new HashMap<>();

  private LinkText(String path) {
    this.path = path;
  }

  /** Reads a link. */
  public static LinkText of(WebLink link) {
    String path = decode(link.path()).replaceAll("/{2,}", "/");
    LinkText text =
        new LinkText(
            path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    if (link.query() != null) {
      List<NameValuePair> pairs =
          WWWFormCodec.parse(link.query().replace("&amp;", "&"), StandardCharsets.UTF_8);
      pairs.forEach(pair -> text.parameters.putIfAbsent(pair.getName(), pair.getValue()));
    }
    return text;
  }

  /** The path; begins with a slash. */
  public String path() {
    return path;
  }

  /** The first value of a query parameter; absent when there is none. */
  public String parameter(String name) {
    return parameters.get(name);
  }

  private static String decode(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    byte[] bytes = new byte[path.length()];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) Integer.parseInt(path.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    try {
      String decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      return decoded.chars().anyMatch(c -> c < ' ' || c == '\\') ? path : decoded;
    } catch (CharacterCodingException e) {
      return path;
    }
  }
}
