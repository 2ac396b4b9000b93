package org.touchstone.resolver.link;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink.Treatment;

/**
 * The links of one platform as data: its hosts, the forms of its links, and links that it must and
 * must not recognise. A platform claims every link to its hosts, also those it can do nothing with,
 * so that it can say why. Forms are tried in order.
 */
public final class LinkTable {
  private final String platform;
  private final String title;
  private final Set<String> hosts;
  private final Set<String> domains;
  private final List<LinkPattern> patterns;
  private final List<Refusal> refusals;
  private final List<String> examples;
  private final List<String> counterexamples;

  private LinkTable(Builder builder) {
    this.platform = builder.platform;
    this.title = builder.title;
    this.hosts = Set.copyOf(builder.hosts);
    this.domains = Set.copyOf(builder.domains);
    this.patterns = List.copyOf(builder.patterns);
    this.refusals = List.copyOf(builder.refusals);
    this.examples = List.copyOf(builder.examples);
    this.counterexamples = List.copyOf(builder.counterexamples);
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

  /** Links that {@link #match} takes. */
  public List<String> examples() {
    return examples;
  }

  /** Links that look alike and are claimed by another platform, or by none. */
  public List<String> counterexamples() {
    return counterexamples;
  }

  /** Whether the link leads to one of the platform's hosts. */
  public boolean claims(WebLink link) {
    return hosts.contains(link.host())
        || domains.stream().anyMatch(d -> link.host().equals(d) || link.host().endsWith("." + d));
  }

  /** What the link names, when it has a form of this table; the host is not looked at. */
  public Optional<PostLink> find(WebLink link) {
    LinkText text = LinkText.of(link);
    return patterns.stream()
        .flatMap(pattern -> pattern.match(platform, link, text).stream())
        .findFirst();
  }

  /**
   * What a claimed link names.
   *
   * @throws ProblemException with the reason when it names nothing that media are taken from;
   *     {@link ProblemType#LINK_UNSUPPORTED} unless the table gives another type
   */
  public PostLink match(WebLink link) {
    return find(link).orElseThrow(() -> unsupported(link));
  }

  private ProblemException unsupported(WebLink link) {
    LinkText text = LinkText.of(link);
    return refusals.stream()
        .filter(refusal -> refusal.pattern().match(platform, link, text).isPresent())
        .map(refusal -> new ProblemException(refusal.type(), refusal.sentence()))
        .findFirst()
        .orElseGet(
            () ->
                new ProblemException(
                    ProblemType.LINK_UNSUPPORTED,
                    "This link leads to " + title + ", but not to a post."));
  }

  /** Collects a table. */
  public static final class Builder {
    private final String platform;
    private final String title;
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> domains = new LinkedHashSet<>();
    private final List<LinkPattern> patterns = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();
    private final List<String> counterexamples = new ArrayList<>();

    private Builder(String platform, String title) {
      this.platform = platform;
      this.title = title;
    }

    /** Exactly these hosts. */
    public Builder hosts(String... names) {
      hosts.addAll(List.of(names));
      return this;
    }

    /** These hosts and all below them. */
    public Builder domains(String... names) {
      domains.addAll(List.of(names));
      return this;
    }

    /** A form of links to media; see {@link LinkPattern} for how it is written. */
    public Builder extract(String kind, String form, String canonical) {
      patterns.add(new LinkPattern(kind, Treatment.EXTRACT, form, canonical));
      return this;
    }

    /** A form of links that lead to another link. */
    public Builder follow(String kind, String form, String canonical) {
      patterns.add(new LinkPattern(kind, Treatment.FOLLOW, form, canonical));
      return this;
    }

    /** A form that nothing can be done with, and why. */
    public Builder refuse(String form, String sentence) {
      return refuse(form, ProblemType.LINK_UNSUPPORTED, sentence);
    }

    /** A form that nothing can be done with, and why. */
    public Builder refuse(String form, ProblemType type, String sentence) {
      refusals.add(
          new Refusal(
              new LinkPattern("refused", Treatment.EXTRACT, form, "https://{host}/"),
              type,
              sentence));
      return this;
    }

    public Builder examples(String... links) {
      examples.addAll(List.of(links));
      return this;
    }

    public Builder counterexamples(String... links) {
      counterexamples.addAll(List.of(links));
      return this;
    }

    public LinkTable build() {
      return new LinkTable(this);
    }
  }
}
