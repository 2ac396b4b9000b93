package org.touchstone.resolver.link;

import java.util.Map;
import java.util.Objects;
import org.touchstone.domain.link.WebLink;

/**
 * A link reduced to its identifiers. Requests use only these identifiers, each checked against its
 * own character set, and nothing else of the given link.
 *
 * @param platform the platform's name
 * @param kind the kind of thing it names, such as {@code post}, {@code video} or {@code share}
 * @param treatment what to do with it
 * @param ids the identifiers by name
 * @param canonical the link rebuilt from them
 */
public record PostLink(
    String platform, String kind, Treatment treatment, Map<String, String> ids, WebLink canonical) {
  public PostLink {
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(treatment, "treatment");
    Objects.requireNonNull(canonical, "canonical");
    ids = Map.copyOf(ids);
  }

  /** The treatment of a link. */
  public enum Treatment {
    /** The link names a post or a file: extract its media. */
    EXTRACT,
    /** The link only leads to another link: follow it. */
    FOLLOW
  }

  /**
   * An identifier that every link of this kind has.
   *
   * @throws IllegalArgumentException when links of this kind do not have it
   */
  public String id(String name) {
    String id = ids.get(name);
    if (id == null) {
      throw new IllegalArgumentException("a " + kind + " link has no " + name);
    }
    return id;
  }
}
