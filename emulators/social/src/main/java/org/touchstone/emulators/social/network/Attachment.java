package org.touchstone.emulators.social.network;

/**
 * A picture or a video of a post.
 *
 * @param id its number, as text
 * @param url where it lies
 * @param mediaType such as {@code image/png}
 */
public record Attachment(String id, String url, String mediaType) {
  public boolean isVideo() {
    return mediaType.startsWith("video/");
  }
}
