package org.touchstone.resolver.link;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink.Treatment;

/**
 * One form of a platform's links.
 *
 * <p>A form is written {@code /{user:handle}/status/{id:digits}/**?t={time:digits}}: braces hold an
 * identifier's name and character set, {@code *} is any part of a path segment, and a final {@code
 * /**} is zero or more further segments. Named query parameters are required; others are allowed.
 * Fixed parts match in any case. The host's own part is written in front: {@code //v.redd.it/{id}}.
 * The canonical form uses the same names.
 */
final class LinkPattern {
  private static final Map<String, String> CHARACTER_SETS =
      Map.ofEntries(
          entry("digits", "[0-9]{1,25}"),
          entry("handle", "[A-Za-z0-9_]{1,32}"),
          entry("name", "[A-Za-z0-9_.-]{1,100}"),
          entry("code", "[A-Za-z0-9_-]{1,160}"),
          entry("shortcode", "[A-Za-z0-9_-]{6,64}"),
          entry("hex", "[0-9a-f]{6,32}"),
          entry("clip", "[xk][A-Za-z0-9]{3,24}"),
          entry("base36", "[A-Za-z0-9]{1,16}"),
          entry("digital36", "(?=[A-Za-z]*[0-9])[A-Za-z0-9]{5,16}"),
          entry("notvideos", "(?!ideos\\b)[A-Za-z0-9]{2,16}"),
          entry("slug", "(?:[.-][^/?#%\\s]{0,300})?"),
          entry("rest", "[A-Za-z0-9_./~+=-]{1,500}"),
          entry("urn", "activity|ugcPost|share"),
          entry("channel", "[A-Za-z][A-Za-z0-9_]{3,31}"),
          entry("did", "did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{1,200})"),
          entry("domain", "(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,24}"));

  private static final Pattern TOKEN = Pattern.compile("\\{([a-zA-Z]+):([a-z0-9]+)}|/\\*\\*|\\*");
  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z]+)}");

  private final String kind;
  private final Treatment treatment;
  private final String canonical;
  private final String host;
  private final Form path;
  private final Map<String, Form> query = new LinkedHashMap<>();

  LinkPattern(String kind, Treatment treatment, String form, String canonical) {
    this.kind = kind;
    this.treatment = treatment;
    this.canonical = canonical;
    String rest = form;
    if (form.startsWith("//")) {
      int slash = form.indexOf('/', 2);
      this.host = form.substring(2, slash);
      rest = form.substring(slash);
    } else {
      this.host = null;
    }
    String[] parts = rest.split("\\?", 2);
    this.path = Form.compile(parts[0]);
    if (parts.length > 1) {
      for (String parameter : parts[1].split("&")) {
        String[] pair = parameter.split("=", 2);
        query.put(pair[0], Form.compile(pair[1]));
      }
    }
  }

  /** A regular expression and the identifiers of its groups, in order. */
  private record Form(Pattern pattern, List<String> names) {
    static Form compile(String form) {
      StringBuilder regex = new StringBuilder();
      List<String> names = new ArrayList<>();
      Matcher tokens = TOKEN.matcher(form);
      int end = 0;
      while (tokens.find()) {
        literal(regex, form.substring(end, tokens.start()));
        end = tokens.end();
        if (tokens.group(1) != null) {
          String characters = CHARACTER_SETS.get(tokens.group(2));
          if (characters == null) {
            throw new IllegalArgumentException("unknown character set " + tokens.group(2));
          }
          names.add(tokens.group(1));
          regex.append('(').append(characters).append(')');
        } else {
          regex.append(tokens.group().equals("*") ? "[^/]*" : "(?:/.*)?");
        }
      }
      literal(regex, form.substring(end));
      return new Form(Pattern.compile(regex.toString()), List.copyOf(names));
    }

    private static void literal(StringBuilder regex, String text) {
      if (!text.isEmpty()) {
        regex.append("(?i:").append(Pattern.quote(text)).append(')');
      }
    }

    boolean read(String text, Map<String, String> ids) {
      Matcher matcher = pattern.matcher(text);
      if (!matcher.matches()) {
        return false;
      }
      for (int i = 0; i < names.size(); i++) {
        ids.put(names.get(i), matcher.group(i + 1));
      }
      return true;
    }
  }

  String kind() {
    return kind;
  }

  Optional<PostLink> match(String platform, WebLink link, LinkText text) {
    Map<String, String> ids = new LinkedHashMap<>();
    if ((host != null && !host.equals(link.host())) || !path.read(text.path(), ids)) {
      return Optional.empty();
    }
    for (Map.Entry<String, Form> parameter : query.entrySet()) {
      String value = text.parameter(parameter.getKey());
      if (value == null || !parameter.getValue().read(value, ids)) {
        return Optional.empty();
      }
    }
    ids.putIfAbsent("host", link.host());
    String rebuilt =
        PLACE.matcher(canonical).replaceAll(m -> Matcher.quoteReplacement(ids.get(m.group(1))));
    if (!canonical.contains("{host}")) {
      ids.remove("host");
    }
    return Optional.of(new PostLink(platform, kind, treatment, ids, WebLink.parse(rebuilt)));
  }
}
