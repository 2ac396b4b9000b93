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
import org.touchstone.resolver.probe.ProbeFile;
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
  private final ProbeFile.Window window;

  /**
   * @param workFolder where what is probed lies while a medium is taken in
   */
  public MediaIngest(MediaProbe probe, MediaLimits limits, MediaStore store, Path workFolder) {
    this(probe, limits, store, workFolder, TrackMerger.ON_PATH, ProbeFile.Window.DEFAULT);
  }

  /**
   * @param workFolder where what is probed, and tracks that are kept apart, lie meanwhile
   * @param merger puts picture and sound together where a platform keeps them apart
   * @param window how much of a large medium is kept for the probe
   */
  public MediaIngest(
      MediaProbe probe,
      MediaLimits limits,
      MediaStore store,
      Path workFolder,
      TrackMerger merger,
      ProbeFile.Window window) {
    this.probe = probe;
    this.limits = limits;
    this.store = store;
    this.workFolder = workFolder;
    this.merger = merger;
    this.window = window;
  }

  /**
   * Sends the bytes to the store as they come. Reads no further than it takes to see that they are
   * no medium, or one that is too large.
   *
   * @param in the bytes; not closed
   * @throws NotMediaException when it is not a format that is taken
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}, {@link
   *     ProblemType#MEDIA_CORRUPT}, or what reading {@code in} throws
   * @throws IOException when reading {@code in} or writing to disk fails
   */
  ReceivedMedium receive(InputStream in) throws IOException {
    return ReceivedMedium.receive(in, limits, store, workFolder, window);
  }

  /**
   * Brings to disk a track that is to be put together with another.
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
   * Puts a picture's and a sound's file together, as they are, and sends the result to the store.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when they do not go together
   */
  ReceivedMedium merge(SpooledFile picture, SpooledFile sound) throws IOException {
    Path merged = picture.path().resolveSibling("merged");
    try {
      merger.merge(picture.path(), picture.format(), sound.path(), sound.format(), merged);
      try (InputStream in = Files.newInputStream(merged)) {
        return receive(in);
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
  MediaItem store(ReceivedMedium medium, MediaSource source) throws IOException {
    Probed probed = probe.probe(medium.file(), medium.format());
    S3Location location = medium.incoming().store(probed.mimeType());
    return new MediaItem(
        MediaItem.idOf(medium.sha256()),
        probed.modality(),
        medium.sha256(),
        probed.mimeType(),
        medium.incoming().bytes(),
        probed.width(),
        probed.height(),
        probed.durationSeconds(),
        probed.hasAudio(),
        location,
        source);
  }
}
