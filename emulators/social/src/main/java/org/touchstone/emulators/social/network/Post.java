package org.touchstone.emulators.social.network;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A post.
 *
 * @param id its number, as text; later posts have larger ones
 * @param key its record key on Bluesky
 * @param author who wrote it
 * @param text its text
 * @param at when it was written
 * @param parent the post it replies to; null for none
 * @param quoted the post it quotes; null for none
 * @param root the first post of its thread, itself when it replies to none
 * @param attachments its media
 * @param visibility as on Mastodon: {@code public}, {@code unlisted}, {@code private}, {@code
 *     direct}
 * @param language its language; null when unknown
 * @param told the numbers of the accounts that are told of it because it names them
 * @param written those of them whom its author named in the text
 * @param versions the numbers of all its versions, the first one first
 */
public record Post(
    String id,
    String key,
    Account author,
    String text,
    Instant at,
    String parent,
    String quoted,
    String root,
    List<Attachment> attachments,
    String visibility,
    String language,
    Set<String> told,
    Set<String> written,
    List<String> versions) {
  public Post {
    attachments = List.copyOf(attachments);
    told = Set.copyOf(told);
    written = Set.copyOf(written);
    versions = List.copyOf(versions);
  }

  /** The same post with another text, as a new version with a number of its own. */
  Post edited(String newId, String newText) {
    List<String> all = new ArrayList<>(versions);
    all.add(newId);
    return new Post(
        newId,
        key,
        author,
        newText,
        at,
        parent,
        quoted,
        root,
        attachments,
        visibility,
        language,
        told,
        written,
        all);
  }
}
