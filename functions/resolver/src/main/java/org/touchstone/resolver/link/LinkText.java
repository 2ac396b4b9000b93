package org.touchstone.resolver.link;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.WWWFormCodec;
import org.touchstone.domain.link.WebLink;

/**
 * A link's path and query in the form that patterns match: percent-decoded, without empty path
 * segments or a trailing slash. A path that does not decode to plain text stays as it is, and so
 * matches no pattern.
 */
public final class LinkText {
  /** The first character that no identifier and no name in a path has. */
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9/_.~:@+=!*$,?#-]");

  private static final Pattern END = Pattern.compile("[.,:!*~$@_-]+$");

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

  /**
   * The same link without what does not belong to it: signs, words or encoded characters that were
   * pasted behind it, or that a server put there.
   */
  LinkText withoutRest() {
    String cut = withoutRest(path);
    LinkText text =
        new LinkText(
            cut.length() > 1 && cut.endsWith("/") ? cut.substring(0, cut.length() - 1) : cut);
    parameters.forEach(
        (name, value) -> text.parameters.put(name, value == null ? null : withoutRest(value)));
    return text;
  }

  private static String withoutRest(String part) {
    Matcher foreign = FOREIGN.matcher(part);
    String cut = foreign.find() ? part.substring(0, foreign.start()) : part;
    return END.matcher(cut).replaceFirst("");
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
