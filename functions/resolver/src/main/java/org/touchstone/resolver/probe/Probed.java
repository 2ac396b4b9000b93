package org.touchstone.resolver.probe;

import org.touchstone.domain.Modality;

/**
 * What a medium turned out to be.
 *
 * @param modality what it is
 * @param mimeType its media type
 * @param width pixels as shown, rotation applied; absent for audio
 * @param height pixels as shown, rotation applied; absent for audio
 * @param durationSeconds absent for images, and where the file does not tell
 * @param hasAudio whether a video has an audio track; absent for images and audio
 */
public record Probed(
    Modality modality,
    String mimeType,
    Integer width,
    Integer height,
    Double durationSeconds,
    Boolean hasAudio) {}
