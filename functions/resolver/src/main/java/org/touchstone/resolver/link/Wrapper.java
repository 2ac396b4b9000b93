package org.touchstone.resolver.link;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.LinkFinder;
import org.touchstone.domain.link.WebLink;

/**
 * One kind of links that carry another link.
 *
 * @param host the hosts of such links
 * @param path their decoded path
 * @param place where the inner link stands
 */
record Wrapper(Pattern host, Pattern path, Place place) {
  private static final int MAX_DECODINGS = 3;

  private static final Pattern SCHEME = Pattern.compile("(?i)(https?):/{1,2}(?!/)(.*)");
  private static final Pattern ENCODED_SCHEME =
      Pattern.compile("(?i)https?(?::|%(?:25)*3A)%(?:25)*2F.*|(?i)https?%(?:25)*3A.*");
  private static final Pattern LINK = Pattern.compile("(?i)https?://.*");

  /** A place in a link. */
  @FunctionalInterface
  interface Place {
    /** The texts there that may be the inner link. */
    Stream<String> read(WebLink link, LinkText text);
  }

  /** The inner link is the value of the first of these parameters that has one. */
  static Wrapper parameter(String host, String path, String... names) {
    return parameter(host, path, UnaryOperator.identity(), names);
  }

  /**
   * The inner link is in the value of a parameter.
   *
   * @param decoder gives the link written in the value
   */
  static Wrapper parameter(
      String host, String path, UnaryOperator<String> decoder, String... names) {
    List<String> all = List.of(names);
    return new Wrapper(
        Pattern.compile(host),
        Pattern.compile("(?i)" + path),
        (link, text) ->
            all.stream()
                .map(text::parameter)
                .filter(value -> value != null && !value.isBlank())
                .map(decoder));
  }

  /**
   * The inner link is a part of the path and query, as they were written: their encoding belongs to
   * it.
   *
   * @param form its group 1 is the inner link
   */
  static Wrapper rest(String host, String form) {
    Pattern pattern = Pattern.compile(form);
    return new Wrapper(
        Pattern.compile(host),
        Pattern.compile(".*", Pattern.DOTALL),
        (link, text) -> {
          Matcher rest = pattern.matcher(link.pathAndQuery());
          return rest.matches() ? Stream.of(rest.group(1)).map(Wrapper::withScheme) : Stream.of();
        });
  }

  /** The whole query is the inner link. */
  static Wrapper query(String host, String path) {
    return new Wrapper(
        Pattern.compile(host),
        Pattern.compile(path),
        (link, text) -> Stream.ofNullable(link.query()));
  }

  /** A place that no form describes. */
  static Wrapper at(String host, Place place) {
    return new Wrapper(Pattern.compile(host), Pattern.compile(".*", Pattern.DOTALL), place);
  }

  private static String withScheme(String link) {
    if (ENCODED_SCHEME.matcher(link).matches()) {
      return link;
    }
    Matcher scheme = SCHEME.matcher(link);
    return scheme.matches() ? scheme.group(1) + "://" + scheme.group(2) : "https://" + link;
  }

  /** A link in Base64; empty when it is none. */
  static String base64(String value) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(value.replace('+', '-').replace('/', '_'));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /**
   * The link within a link.
   *
   * @throws ProblemException when it is not one that may be followed
   */
  Optional<WebLink> within(WebLink link, LinkText text) {
    if (!host.matcher(link.host()).matches() || !path.matcher(text.path()).matches()) {
      return Optional.empty();
    }
    return place
        .read(link, text)
        .map(value -> inner(link, value))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The link that a value stands for; null when there is none in it. */
  private static WebLink inner(WebLink link, String written) {
    String value = written.strip();
    for (int i = 0; i < MAX_DECODINGS && ENCODED_SCHEME.matcher(value).matches(); i++) {
      value = decoded(value);
    }
    if (value.startsWith("/")) {
      return link.resolve(value);
    }
    if (LINK.matcher(value).matches() && value.indexOf(' ') < 0) {
      return WebLink.parse(value);
    }
    try {
      return WebLink.parse(LinkFinder.find(value));
    } catch (ProblemException e) {
      if (e.problem().type() == ProblemType.LINK_INVALID) {
        return null;
      }
      throw e;
    }
  }

  static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
