package org.touchstone.emulators.social.network;

import java.util.List;
import java.util.Set;

/**
 * A post about to be written.
 *
 * @param author the author's name or number
 * @param text its text; accounts that it names with an at sign are told of it
 * @param key its record key; null for one of the network's own
 * @param parent the number of the post it replies to; null for none
 * @param quoted the number of the post it quotes; null for none
 * @param attachments its media
 * @param visibility see {@link Post#visibility}
 * @param language its language; null when unknown
 * @param told numbers of accounts that are told besides those that the text names; null to tell
 *     exactly those whom the text names
 */
public record Draft(
    String author,
    String text,
    String key,
    String parent,
    String quoted,
    List<Attachment> attachments,
    String visibility,
    String language,
    Set<String> told) {
  public static Draft of(String author, String text) {
    return new Draft(author, text, null, null, null, List.of(), "public", null, null);
  }

  public Draft withKey(String value) {
    return new Draft(author, text, value, parent, quoted, attachments, visibility, language, told);
  }

  public Draft replyingTo(Post post) {
    return replyingTo(post.id());
  }

  public Draft replyingTo(String id) {
    return new Draft(author, text, key, id, quoted, attachments, visibility, language, told);
  }

  public Draft quoting(Post post) {
    return new Draft(author, text, key, parent, post.id(), attachments, visibility, language, told);
  }

  public Draft with(Attachment... media) {
    return new Draft(author, text, key, parent, quoted, List.of(media), visibility, language, told);
  }

  public Draft visibleTo(String value) {
    return new Draft(author, text, key, parent, quoted, attachments, value, language, told);
  }

  public Draft in(String value) {
    return new Draft(author, text, key, parent, quoted, attachments, visibility, value, told);
  }

  /** Also tells these accounts, as a network does by its own rules. */
  public Draft telling(Set<String> accounts) {
    return new Draft(
        author, text, key, parent, quoted, attachments, visibility, language, accounts);
  }
}
