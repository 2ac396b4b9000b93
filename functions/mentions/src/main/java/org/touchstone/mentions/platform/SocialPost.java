package org.touchstone.mentions.platform;

import java.util.Objects;
import org.touchstone.domain.mention.SocialAccount;

/**
 * A post in which media may be.
 *
 * @param id the platform's id of it
 * @param link its web address, in a form that the resolver accepts
 * @param author who posted it
 * @param media how many pictures, videos and sounds it has; a link preview is none
 * @param open whether everybody may see it
 */
public record SocialPost(String id, String link, SocialAccount author, int media, boolean open) {
  public SocialPost {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(link, "link");
    Objects.requireNonNull(author, "author");
  }
}
