package org.touchstone.resolver.link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink.Treatment;

/**
 * The links of one platform as data: its hosts, the forms of its links, and an accepted example of
 * each kind. A platform claims every link to its hosts, including those it cannot use, so that it
 * can give the reason. Of mirrors, sites by others that show the platform's posts under its paths,
 * it claims only links to posts where nothing but the name suggests a mirror. Forms are tried in
 * order.
 */
public final class LinkTable {
  /** At most this many addresses per message; longer messages are not read. */
  private static final int MAX_SHOWN = 2;

  /** At most this many letters tell a mirror's domain from the platform's. */
  private static final int MAX_LETTERS = 2;

  private final String platform;
  private final String title;
  private final Set<String> hosts;
  private final Set<String> domains;
  private final Set<String> software;
  private final Set<String> variants;
  private final List<LinkPattern> patterns;
  private final List<Refusal> refusals;
  private final Map<String, String> examples;

  private LinkTable(Builder builder) {
    this.platform = builder.platform;
    this.title = builder.title;
    this.hosts = Collections.unmodifiableSet(builder.hosts);
    this.domains = Collections.unmodifiableSet(builder.domains);
    this.software = Collections.unmodifiableSet(builder.software);
    this.variants = Collections.unmodifiableSet(builder.variants);
    this.patterns = List.copyOf(builder.patterns);
    this.refusals = List.copyOf(builder.refusals);
    this.examples = Collections.unmodifiableMap(builder.examples);
  }

  private record Refusal(LinkPattern pattern, ProblemType type, String sentence) {}

  /**
   * @param platform the name in {@link org.touchstone.domain.MediaSource}
   * @param title the name for people
   */
  public static Builder of(String platform, String title) {
    return new Builder(platform, title);
  }

  public String platform() {
    return platform;
  }

  /** The platform's name for people. */
  public String title() {
    return title;
  }

  /** One accepted form of each kind of link, the most common kind first. */
  public Map<String, String> examples() {
    return examples;
  }

  /** The hosts that the table claims; each of {@link #domains} includes its subdomains. */
  public Set<String> hosts() {
    return hosts;
  }

  /** The hosts that the table claims including their subdomains. */
  public Set<String> domains() {
    return domains;
  }

  /** The programs behind mirrors, by which their hosts begin: {@code nitter} for nitter.*. */
  public Set<String> software() {
    return software;
  }

  /**
   * The domains whose mirrors have one or two letters in front: {@code kkinstagram.com} for
   * instagram.com.
   */
  public Set<String> variants() {
    return variants;
  }

  /** Whether the link leads to one of the platform's hosts, or to a post on a mirror. */
  public boolean claims(WebLink link) {
    return hosts.contains(link.host())
        || domains.stream().anyMatch(d -> isWithin(link.host(), d))
        || (isMirror(link.host()) && find(link).isPresent());
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private boolean isMirror(String host) {
    return software.stream().anyMatch(name -> host.startsWith(name + "."))
        || variants.stream().anyMatch(domain -> isVariant(host, domain));
  }

  private static boolean isVariant(String host, String domain) {
    if (!host.endsWith(domain)) {
      return false;
    }
    String rest = host.substring(0, host.length() - domain.length());
    String letters = rest.substring(rest.lastIndexOf('.') + 1);
    return !letters.isEmpty() && letters.length() <= MAX_LETTERS && !letters.endsWith("-");
  }

  /** The post or file the link names, when it has a form of this table; the host is not checked. */
  public Optional<PostLink> find(WebLink link) {
    LinkText text = LinkText.of(link);
    return find(link, text).or(() -> find(link, text.withoutRest()));
  }

  private Optional<PostLink> find(WebLink link, LinkText text) {
    return patterns.stream()
        .flatMap(pattern -> pattern.match(platform, link, text).stream())
        .findFirst();
  }

  /** Whether the link has a form that names no post; the host is not checked. */
  public boolean refuses(WebLink link) {
    return refusal(link).isPresent();
  }

  /**
   * The post or file a claimed link names.
   *
   * @throws ProblemException with the reason when the link names nothing with media; {@link
   *     ProblemType#LINK_UNSUPPORTED} unless the table gives another type
   */
  public PostLink match(WebLink link) {
    return find(link).orElseThrow(() -> unsupported(link));
  }

  private ProblemException unsupported(WebLink link) {
    Optional<Refusal> refusal = refusal(link);
    ProblemType type = refusal.map(Refusal::type).orElse(ProblemType.LINK_UNSUPPORTED);
    String sentence =
        refusal
            .map(Refusal::sentence)
            .orElse("This link leads to " + title + ", but not to a post.");
    return new ProblemException(type, sentence + accepted());
  }

  private Optional<Refusal> refusal(WebLink link) {
    LinkText text = LinkText.of(link);
    return refusal(link, text).or(() -> refusal(link, text.withoutRest()));
  }

  private Optional<Refusal> refusal(WebLink link, LinkText text) {
    return refusals.stream()
        .filter(refusal -> refusal.pattern().match(platform, link, text).isPresent())
        .findFirst();
  }

  /** The forms of links that a person most likely meant. */
  private String accepted() {
    if (examples.isEmpty()) {
      return "";
    }
    return examples.values().stream()
        .limit(MAX_SHOWN)
        .collect(Collectors.joining(" or ", " Accepted links look like ", "."));
  }

  /** Builds a table. */
  public static final class Builder {
    private final String platform;
    private final String title;
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> domains = new LinkedHashSet<>();
    private final Set<String> software = new LinkedHashSet<>();
    private final Set<String> variants = new LinkedHashSet<>();
    private final List<LinkPattern> patterns = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Map<String, String> examples = new LinkedHashMap<>();

    private Builder(String platform, String title) {
      this.platform = platform;
      this.title = title;
    }

    /** Exactly these hosts. */
    public Builder hosts(String... names) {
      hosts.addAll(List.of(names));
      return this;
    }

    /** These hosts and their subdomains. */
    public Builder domains(String... names) {
      domains.addAll(List.of(names));
      return this;
    }

    /** Mirrors that run one of these programs; see {@link LinkTable#software}. */
    public Builder software(String... names) {
      software.addAll(List.of(names));
      return this;
    }

    /** Mirrors that are named after one of these domains; see {@link LinkTable#variants}. */
    public Builder variants(String... names) {
      variants.addAll(List.of(names));
      return this;
    }

    /** A form of links to media; see {@link LinkPattern} for the notation. */
    public Builder extract(String kind, String form, String canonical) {
      patterns.add(new LinkPattern(kind, Treatment.EXTRACT, form, canonical));
      return this;
    }

    /** A form of links that lead to another link. */
    public Builder follow(String kind, String form, String canonical) {
      patterns.add(new LinkPattern(kind, Treatment.FOLLOW, form, canonical));
      return this;
    }

    /** A form that is not supported, with the reason. */
    public Builder refuse(String form, String sentence) {
      return refuse(form, ProblemType.LINK_UNSUPPORTED, sentence);
    }

    /** A form that is not supported, with the reason. */
    public Builder refuse(String form, ProblemType type, String sentence) {
      refusals.add(
          new Refusal(
              new LinkPattern("refused", Treatment.EXTRACT, form, "https://{host}/"),
              type,
              sentence));
      return this;
    }

    /** A form of links to people, channels or groups instead of their posts. */
    public Builder profile(String form) {
      return refuse(
          form, "This link leads to a profile or a channel on " + title + ", not to a post.");
    }

    /** The form of a kind that is shown to people; each kind has one. */
    public Builder example(String kind, String link) {
      examples.put(kind, link);
      return this;
    }

    /**
     * @throws IllegalStateException when the kinds with an example are not the kinds of the forms
     */
    public LinkTable build() {
      Set<String> kinds = patterns.stream().map(LinkPattern::kind).collect(Collectors.toSet());
      if (!kinds.equals(examples.keySet())) {
        throw new IllegalStateException(
            platform + " has links of " + kinds + ", and examples of " + examples.keySet());
      }
      return new LinkTable(this);
    }
  }
}
