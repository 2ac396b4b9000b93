package org.touchstone.resolver.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.S3Location;
import org.touchstone.formats.NotMediaException;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.resolver.probe.ProbeFile;
import org.touchstone.resolver.probe.Probed;
import org.touchstone.resolver.probe.TrackMerger;
import org.touchstone.resolver.streaming.StreamingLimits;
import org.touchstone.storage.MediaStore;

/** Takes bytes in as a medium: bounded, sniffed, hashed, probed and stored. */
public final class MediaIngest {
  private final MediaProbe probe;
  private final MediaLimits limits;
  private final MediaStore store;
  private final DiskRoom room;
  private final TrackMerger merger;
  private final ProbeFile.Window window;
  private final MetadataStep reader = new MetadataStep();

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
    this(probe, limits, store, DiskRoom.of(workFolder), merger, window);
  }

  MediaIngest(
      MediaProbe probe,
      MediaLimits limits,
      MediaStore store,
      DiskRoom room,
      TrackMerger merger,
      ProbeFile.Window window) {
    this.probe = probe;
    this.limits = limits;
    this.store = store;
    this.room = room;
    this.merger = merger;
    this.window = window;
  }

  /** What is taken of a recording in parts. */
  StreamingLimits manifestLimits() {
    return new StreamingLimits(limits.maxVideoBytes(), limits.maxDuration());
  }

  /**
   * Sends the bytes to the store as they come. Reads no further than it takes to see that they are
   * no medium, or one that is too large.
   *
   * @param in the bytes; not closed
   * @param announcedBytes how many they are said to be; -1 when nobody says
   * @throws NotMediaException when it is not a format that is taken
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}, {@link
   *     ProblemType#MEDIA_CORRUPT}, or what reading {@code in} throws
   * @throws IOException when reading {@code in} or writing to disk fails
   */
  ReceivedMedium receive(InputStream in, long announcedBytes) throws IOException {
    return ReceivedMedium.receive(in, announcedBytes, limits, store, room.folder(), window);
  }

  /**
   * Brings to disk a track that is to be put together with another.
   *
   * @param in the bytes; not closed
   * @param announcedBytes how many they are said to be; -1 when nobody says
   * @throws NotMediaException when it is not a format that is taken
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}, also when there is no room, or
   *     what reading {@code in} throws
   * @throws IOException when reading {@code in} or writing to disk fails
   */
  SpooledFile spool(InputStream in, long announcedBytes) throws IOException {
    requireRoom(announcedBytes);
    SpooledFile file = newSpool();
    try {
      file.append(in);
      return file.finish();
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** A file for a track that comes in parts. */
  SpooledFile newSpool() throws IOException {
    return SpooledFile.create(room, limits);
  }

  /**
   * Asks for room for tracks and, at the same time, what is made of them.
   *
   * @param trackBytes what is known of the tracks' size; 0 or less when nothing is
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}
   */
  void requireRoom(long trackBytes) throws IOException {
    if (trackBytes > 0) {
      limits.checkBytes(Modality.VIDEO, trackBytes);
      room.require(2 * trackBytes);
    }
  }

  /**
   * Puts a picture's and a sound's file together, as they are, and sends the result to the store.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when they do not go together
   */
  ReceivedMedium merge(SpooledFile picture, SpooledFile sound) throws IOException {
    return made(
        picture,
        merged ->
            merger.merge(
                picture.path(),
                picture.format(),
                sound.path(),
                sound.format(),
                merged,
                limits.maxVideoBytes()));
  }

  /**
   * Makes one file of parts that were put one behind the other, and sends it to the store.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when they do not make up one
   */
  ReceivedMedium remux(SpooledFile parts) throws IOException {
    return made(
        parts, whole -> merger.remux(parts.path(), parts.format(), whole, limits.maxVideoBytes()));
  }

  private ReceivedMedium made(SpooledFile from, Consumer<Path> maker) throws IOException {
    Path made = from.path().resolveSibling("made");
    try {
      maker.accept(made);
      try (InputStream in = Files.newInputStream(made)) {
        return receive(in, Files.size(made));
      }
    } finally {
      Files.deleteIfExists(made);
    }
  }

  /**
   * Looks at the medium and stores it.
   *
   * @param source where it was found
   * @throws ProblemException of type {@code media.*} when it is damaged or beyond the limits
   */
  IngestedMedium store(ReceivedMedium medium, MediaSource source) throws IOException {
    Probed probed = probe.probe(medium.file(), medium.format());
    Optional<ReadMetadata> metadata =
        medium.hasAllMetadata()
            ? reader.read(medium.file(), probed.modality(), probed.tags())
            : Optional.empty();
    S3Location location = medium.incoming().store(probed.mimeType());
    return new IngestedMedium(
        MediaItem.of(
                probed.modality(), medium.sha256(), probed.mimeType(), medium.incoming().bytes())
            .withSize(probed.width(), probed.height())
            .withDurationSeconds(probed.durationSeconds())
            .withAudio(probed.hasAudio())
            .withS3(location)
            .withSource(source),
        metadata);
  }
}
