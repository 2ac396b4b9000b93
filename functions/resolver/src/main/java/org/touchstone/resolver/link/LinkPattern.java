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
 * identifier's name and character set, or only the set when the identifier is not needed, {@code *}
 * is any part of a path segment, and a final {@code /**} is zero or more further segments. Named
 * query parameters are required; others are allowed. Fixed parts match in any case. A form for one
 * host has it in front: {@code //v.redd.it/{id}}. The canonical form uses the same names.
 */
final class LinkPattern {
  private static final Map<String, String> CHARACTER_SETS =
      Map.ofEntries(
          entry("digits", "[0-9]{1,25}"),
          entry("handle", "[A-Za-z0-9_]{1,32}"),
          entry("name", "[A-Za-z0-9_.-]{1,100}"),
          entry("code", "[A-Za-z0-9_-]{1,160}"),
          // Not a word that stands in a code's place in some links.
          entry("shortcode", "(?!(?:audio|videos)/)[A-Za-z0-9_-]{6,64}"),
          entry("hex", "[0-9a-f]{6,32}"),
          entry("clip", "[xk][A-Za-z0-9]{3,24}"),
          entry("base36", "[A-Za-z0-9]{1,16}"),
          entry("digital36", "(?=[A-Za-z]*[0-9])[A-Za-z0-9]{5,16}"),
          entry("notvideos", "(?!ideos\\b)[A-Za-z0-9]{2,16}"),
          entry("slug", "(?:[.-](?:[^/?#%\\s]{0,299}[\\p{L}\\p{N}])?)?"),
          entry("rest", "[A-Za-z0-9_./~+=-]{0,499}[A-Za-z0-9_/~+=-]"),
          entry("word", "[a-z]{1,10}"),
          entry("pfbid", "pfbid[A-Za-z0-9]{4,150}"),
          entry(
              "story", "pfbid[A-Za-z0-9]{4,150}|[0-9]{1,25}(?:_[0-9]{1,25})?|Uzpf[A-Za-z0-9_=-]+"),
          entry("status", "[0-9]{1,25}|[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{26}"),
          entry("flake", "[A-Za-z0-9]{15,24}"),
          entry("note", "[a-z0-9]{10,32}"),
          entry("guid", "[A-Za-z0-9-]{16,64}"),
          entry("invitation", "\\+[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]*"),
          entry(
              "xsection",
              "home|search|explore|notifications|messages|settings|login|compose|hashtag|intent"
                  + "|share|tos|privacy|jobs"),
          entry(
              "profilepart",
              "about|all|articles|featured|followers|following|highlights|info|likes|media|mentions"
                  + "|moments|photos|photos_by|posts|reels|replies|reposts|superfollows|tagged"
                  + "|verified_followers|videos|with_replies"),
          entry("profilename", "(?!(?:watch|photo|reel|share|story|login)\\b)[A-Za-z0-9.-]{3,60}"),
          entry("urn", "activity|ugcPost|share"),
          entry("channel", "[A-Za-z][A-Za-z0-9_]{3,31}"),
          entry("did", "did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{1,200})"),
          entry("domain", "(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,24}"));

  private static final Pattern TOKEN = Pattern.compile("\\{([a-zA-Z]*):([a-z0-9]+)}|/\\*\\*|\\*");
  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z]+)}");

  private final String kind;
  private final Treatment treatment;
  private final String canonical;
  private final Form host;
  private final Form path;
  private final Map<String, Form> query = new LinkedHashMap<>();

  LinkPattern(String kind, Treatment treatment, String form, String canonical) {
    this.kind = kind;
    this.treatment = treatment;
    this.canonical = canonical;
    String rest = form;
    if (form.startsWith("//")) {
      int slash = form.indexOf('/', 2);
      this.host = Form.compile(form.substring(2, slash));
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
        if (tokens.group(2) != null) {
          String characters = CHARACTER_SETS.get(tokens.group(2));
          if (characters == null) {
            throw new IllegalArgumentException("unknown character set " + tokens.group(2));
          }
          boolean isNamed = !tokens.group(1).isEmpty();
          if (isNamed) {
            names.add(tokens.group(1));
          }
          regex.append(isNamed ? "(" : "(?:").append(characters).append(')');
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
    if ((host != null && !host.read(link.host(), ids)) || !path.read(text.path(), ids)) {
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
