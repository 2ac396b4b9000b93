package org.touchstone.domain.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.touchstone.domain.LevelOverride.Identity;
import org.touchstone.domain.MediaSource;

/**
 * An account on a platform. With the platform's own id it is that account for ever; with a handle
 * only it is whoever has the handle: a handle can be given up, sold or stolen, and somebody else's
 * posts are then taken for the organisation's.
 *
 * <p>Only platforms count that say who posted, in a way that no other account can imitate. A page
 * on the web names any author, LinkedIn, Rumble and Google Drive show names that anybody may use,
 * Facebook shows them to guests, and on Mastodon a server says what it likes of its accounts and of
 * other servers' accounts.
 *
 * @param platform the platform's name, as media's sources have it
 * @param authorId the platform's own id of the account; absent if unknown
 * @param handle its name in addresses, in lower case without an at sign; absent if unknown
 */
public record PlatformAccount(String platform, String authorId, String handle) {
  /** By which identities the posts of a platform's accounts can be recognised. */
  private static final Map<String, Set<Identity>> PLATFORMS =
      Map.of(
          "x", Set.of(Identity.ID, Identity.HANDLE),
          "tiktok", Set.of(Identity.ID, Identity.HANDLE),
          "instagram", Set.of(Identity.ID, Identity.HANDLE),
          "threads", Set.of(Identity.ID, Identity.HANDLE),
          "bluesky", Set.of(Identity.ID, Identity.HANDLE),
          "reddit", Set.of(Identity.ID, Identity.HANDLE),
          "truthsocial", Set.of(Identity.ID, Identity.HANDLE),
          "telegram", Set.of(Identity.HANDLE));

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9:._-]{1,200}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,100}");

  /**
   * @throws IllegalArgumentException when such an account cannot be recognised; the message is for
   *     the person who named it
   */
  public PlatformAccount {
    Objects.requireNonNull(platform, "platform");
    Set<Identity> known = PLATFORMS.get(platform);
    if (known == null) {
      throw new IllegalArgumentException(
          "accounts can be recognised on " + String.join(", ", platforms()));
    }
    handle = handle == null ? null : normalised(handle);
    if (authorId == null && handle == null) {
      throw new IllegalArgumentException("give the account's authorId or handle");
    }
    if (authorId != null && (!known.contains(Identity.ID) || !ID.matcher(authorId).matches())) {
      throw new IllegalArgumentException("this is not an id of an account on " + platform);
    }
    if (handle != null && !NAME.matcher(handle).matches()) {
      throw new IllegalArgumentException("this is not a handle on " + platform);
    }
  }

  /** The platforms on which accounts can be recognised, in alphabetical order. */
  public static List<String> platforms() {
    return List.copyOf(new TreeSet<>(PLATFORMS.keySet()));
  }

  private static String normalised(String handle) {
    String plain = handle.strip().toLowerCase(Locale.ROOT);
    return plain.startsWith("@") ? plain.substring(1) : plain;
  }

  /** How its posts are recognised: by its id if that is known, however its handle changes. */
  public Identity identity() {
    return authorId == null ? Identity.HANDLE : Identity.ID;
  }

  /** Who it is, in a text that no other account has. */
  public String key() {
    return identity() == Identity.ID ? key(platform, "id", authorId) : key(platform, "@", handle);
  }

  private static String key(String platform, String kind, String value) {
    return platform + "\n" + kind + "\n" + value;
  }

  /**
   * The keys of the accounts that a medium's own author may be known as; none when another posted
   * the medium, or the platform does not say who.
   */
  public static List<String> keysOf(MediaSource source) {
    if (source == null || !PLATFORMS.containsKey(source.platform()) || source.quoted() != null) {
      return List.of();
    }
    List<String> keys = new ArrayList<>();
    String id = source.context() == null ? null : source.context().authorId();
    if (id != null && PLATFORMS.get(source.platform()).contains(Identity.ID)) {
      keys.add(key(source.platform(), "id", id));
    }
    if (source.author() != null) {
      keys.add(key(source.platform(), "@", normalised(source.author())));
    }
    return List.copyOf(keys);
  }
}
