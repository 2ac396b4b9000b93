package org.touchstone.resolver.probe;

import org.touchstone.domain.Modality;
import org.touchstone.provenance.ContainerTags;

/**
 * The properties of a probed medium.
 *
 * @param modality its kind
 * @param mimeType its media type
 * @param width pixels as shown, with square pixels and rotation applied; absent for audio
 * @param height pixels as shown, with square pixels and rotation applied; absent for audio
 * @param durationSeconds seconds; absent for images, and where the file does not give it
 * @param hasAudio whether a video has an audio track; absent for images and audio
 * @param tags the tags of an audio or video container
 */
public record Probed(
    Modality modality,
    String mimeType,
    Integer width,
    Integer height,
    Double durationSeconds,
    Boolean hasAudio,
    ContainerTags tags) {

  /** A medium without a tag container, such as a picture. */
  public Probed(
      Modality modality,
      String mimeType,
      Integer width,
      Integer height,
      Double durationSeconds,
      Boolean hasAudio) {
    this(modality, mimeType, width, height, durationSeconds, hasAudio, ContainerTags.NONE);
  }
}
