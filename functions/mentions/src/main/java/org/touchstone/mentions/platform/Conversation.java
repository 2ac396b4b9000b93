package org.touchstone.mentions.platform;

import java.util.Objects;
import java.util.Optional;

/**
 * The posts around a mention. An adapter reads no more of them than it needs: once a post with
 * media is found, the later ones may be left out, in the order parent, quoted, root, mention.
 *
 * @param mention the mention's own post, for media that are attached to it
 * @param parent the post that it answers; empty when it answers none, or one that cannot be read
 * @param quoted the post that it quotes
 * @param root the first post of the thread; empty also when it is the parent or the mention
 * @param unreadable why one of the others could not be read, such as {@link
 *     PlatformException.Kind#DELETED} or {@link PlatformException.Kind#PROTECTED}; empty when all
 *     could
 */
public record Conversation(
    SocialPost mention,
    Optional<SocialPost> parent,
    Optional<SocialPost> quoted,
    Optional<SocialPost> root,
    Optional<PlatformException.Kind> unreadable) {
  public Conversation {
    Objects.requireNonNull(mention, "mention");
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(quoted, "quoted");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(unreadable, "unreadable");
  }
}
