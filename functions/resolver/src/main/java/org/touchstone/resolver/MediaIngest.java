package org.touchstone.resolver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.S3Location;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.resolver.probe.Probed;
import org.touchstone.resolver.probe.TrackMerger;
import org.touchstone.resolver.sniff.NotMediaException;
import org.touchstone.storage.MediaStore;

/** Takes bytes in as a medium: bounded, sniffed, hashed, probed and stored. */
public final class MediaIngest {
  private final MediaProbe probe;
  private final MediaLimits limits;
  private final MediaStore store;
  private final Path workFolder;
  private final TrackMerger merger;

  /**
   * @param workFolder where a medium lies while it is taken in
   */
  public MediaIngest(MediaProbe probe, MediaLimits limits, MediaStore store, Path workFolder) {
    this(probe, limits, store, workFolder, TrackMerger.ON_PATH);
  }

  /**
   * @param workFolder where a medium lies while it is taken in
   * @param merger puts picture and sound together where a platform keeps them apart
   */
  public MediaIngest(
      MediaProbe probe, MediaLimits limits, MediaStore store, Path workFolder, TrackMerger merger) {
    this.probe = probe;
    this.limits = limits;
    this.store = store;
    this.workFolder = workFolder;
    this.merger = merger;
  }

  /**
   * Brings the bytes here. Reads no further than it takes to see that they are no medium, or one
   * that is too large.
   *
   * @param in the bytes; not closed
   * @throws NotMediaException when it is not a format that is taken
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}, or what reading {@code in} throws
   * @throws IOException when reading {@code in} or writing to disk fails
   */
  SpooledFile spool(InputStream in) throws IOException {
    return SpooledFile.write(in, workFolder, limits);
  }

  /**
   * Puts a picture's and a sound's file together, as they are.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when they do not go together
   */
  SpooledFile merge(SpooledFile picture, SpooledFile sound) throws IOException {
    Path merged = picture.path().resolveSibling("merged");
    try {
      merger.merge(picture.path(), picture.format(), sound.path(), sound.format(), merged);
      try (InputStream in = Files.newInputStream(merged)) {
        return spool(in);
      }
    } finally {
      Files.deleteIfExists(merged);
    }
  }

  /**
   * Looks at the medium and stores it.
   *
   * @param source where it was found
   * @throws ProblemException of type {@code media.*} when it is damaged or beyond the limits
   */
  MediaItem store(SpooledFile file, MediaSource source) throws IOException {
    Probed probed = probe.probe(file.path(), file.format());
    S3Location location = store.store(file.sha256(), file.path(), probed.mimeType());
    return new MediaItem(
        MediaItem.idOf(file.sha256()),
        probed.modality(),
        file.sha256(),
        probed.mimeType(),
        file.bytes(),
        probed.width(),
        probed.height(),
        probed.durationSeconds(),
        probed.hasAudio(),
        location,
        source);
  }
}
