package org.touchstone.resolver.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.S3Location;
import org.touchstone.formats.NotMediaException;
import org.touchstone.provenance.ProvenanceReader;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.resolver.probe.ProbeFile;
import org.touchstone.resolver.probe.Probed;
import org.touchstone.resolver.probe.TrackMerger;
import org.touchstone.resolver.streaming.StreamingLimits;
import org.touchstone.storage.MediaOwner;
import org.touchstone.storage.MediaStore;

/** Ingests bytes as a medium: bounded, sniffed, hashed, probed and stored. */
public final class MediaIngest {
  private final MediaProbe probe;
  private final MediaLimits limits;
  private final MediaStore store;
  private final DiskRoom room;
  private final TrackMerger merger;
  private final ProbeFile.Window window;
  private final MetadataStep reader;

  /**
   * @param workFolder where the file for the probe is kept during ingest
   */
  public MediaIngest(MediaProbe probe, MediaLimits limits, MediaStore store, Path workFolder) {
    this(
        probe,
        limits,
        store,
        workFolder,
        TrackMerger.ON_PATH,
        ProbeFile.Window.DEFAULT,
        ProvenanceReader::bundled);
  }

  /**
   * @param workFolder where the file for the probe and separate tracks are kept during ingest
   * @param merger combines picture and sound where a platform keeps them separate
   * @param window how much of a large medium is kept for the probe
   * @param provenance the reader with the lists in force
   */
  public MediaIngest(
      MediaProbe probe,
      MediaLimits limits,
      MediaStore store,
      Path workFolder,
      TrackMerger merger,
      ProbeFile.Window window,
      Supplier<ProvenanceReader> provenance) {
    this(probe, limits, store, DiskRoom.of(workFolder), merger, window, provenance);
  }

  MediaIngest(
      MediaProbe probe,
      MediaLimits limits,
      MediaStore store,
      DiskRoom room,
      TrackMerger merger,
      ProbeFile.Window window,
      Supplier<ProvenanceReader> provenance) {
    this.probe = probe;
    this.limits = limits;
    this.store = store;
    this.room = room;
    this.merger = merger;
    this.window = window;
    this.reader = new MetadataStep(provenance);
  }

  /** Limits on a recording in parts. */
  StreamingLimits manifestLimits() {
    return new StreamingLimits(limits.maxVideoBytes(), limits.maxDuration());
  }

  /**
   * Sends the bytes to the store as they arrive. Stops reading as soon as they are known not to be
   * a medium, or to be one that is too large.
   *
   * @param in the bytes; not closed
   * @param announcedBytes the announced number of bytes; -1 when unknown
   * @throws NotMediaException when the format is not accepted
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}, {@link
   *     ProblemType#MEDIA_CORRUPT}, or what reading {@code in} throws
   * @throws IOException when reading {@code in} or writing to disk fails
   */
  ReceivedMedium receive(InputStream in, long announcedBytes) throws IOException {
    return ReceivedMedium.receive(in, announcedBytes, limits, store, room.folder(), window);
  }

  /**
   * Writes a track to disk that will be combined with another.
   *
   * @param in the bytes; not closed
   * @param announcedBytes the announced number of bytes; -1 when unknown
   * @throws NotMediaException when the format is not accepted
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}, also when the disk has no room,
   *     or what reading {@code in} throws
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
   * Requires room for tracks and for the file made of them at the same time.
   *
   * @param trackBytes the known size of the tracks; 0 or less when unknown
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}
   */
  void requireRoom(long trackBytes) throws IOException {
    if (trackBytes > 0) {
      limits.checkBytes(Modality.VIDEO, trackBytes);
      room.require(2 * trackBytes);
    }
  }

  /**
   * Combines a picture file and a sound file without re-encoding, and sends the result to the
   * store.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when they cannot be combined
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
   * Makes one file of concatenated parts, and sends it to the store.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_CORRUPT} when they do not form one file
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
   * Probes the medium and stores it.
   *
   * @param source where it was found
   * @param owner the analysis that will use it
   * @throws ProblemException of type {@code media.*} when it is damaged or beyond the limits
   */
  IngestedMedium store(ReceivedMedium medium, MediaSource source, MediaOwner owner)
      throws IOException {
    Probed probed = probe.probe(medium.file(), medium.format());
    Optional<ReadMetadata> metadata =
        medium.hasAllMetadata()
            ? reader.read(medium.file(), probed.modality(), probed.tags(), medium.isWhole())
            : Optional.empty();
    S3Location location = medium.incoming().store(probed.mimeType(), owner);
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
