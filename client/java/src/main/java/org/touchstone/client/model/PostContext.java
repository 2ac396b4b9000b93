package org.touchstone.client.model;

import java.util.List;

/**
 * A post's statements about a medium, as facts of the source. People read them, and so do detectors
 * that judge the content of a claim rather than pixels.
 *
 * @param authorId the platform's own id of the account that posted it, when known
 * @param text the post's text, if it has any; cut to 10,000 characters
 * @param language BCP 47 tag that the platform gives for the text, when it gives one
 * @param altText the author's description of this medium, when there is one; cut likewise
 * @param communityNotes notes that readers added and the platform shows with the post; each cut
 *     likewise, at most 10
 * @param declaredAi the platform's own label that a generator made or changed it; absent without
 *     one
 */
public record PostContext(
    String authorId,
    String text,
    String language,
    String altText,
    List<String> communityNotes,
    DeclaredAi declaredAi) {
  public PostContext {
    communityNotes = communityNotes == null ? List.of() : List.copyOf(communityNotes);
  }
}
