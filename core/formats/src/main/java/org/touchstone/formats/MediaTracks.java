package org.touchstone.formats;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.MediaTrack.Kind;

/**
 * The tracks of a recording, and which of them are looked at. Whoever measures a medium and whoever
 * decodes it ask here, so that both mean the same tracks.
 */
public final class MediaTracks {
  private final MediaFormat format;
  private final List<MediaTrack> tracks;

  /**
   * @param format of the file
   * @param tracks in the file's order
   */
  public MediaTracks(MediaFormat format, List<MediaTrack> tracks) {
    this.format = format;
    this.tracks = List.copyOf(tracks);
  }

  /**
   * The moving picture: among those that can be decoded one that the file prefers, of these the
   * largest, of these the first.
   */
  public Optional<MediaTrack> picture() {
    return tracks.stream()
        .filter(track -> isMoving(track) && Codecs.isPicture(track.codec()) && track.pixels() > 0)
        .max(
            Comparator.comparing(MediaTrack::preferred)
                .thenComparing(MediaTrack::pixels)
                .thenComparing(MediaTrack::number, Comparator.reverseOrder()));
  }

  /** The sound: among those that can be decoded one that the file prefers, of these the first. */
  public Optional<MediaTrack> sound() {
    return tracks.stream()
        .filter(track -> track.kind() == Kind.SOUND && Codecs.isSound(track.codec()))
        .max(
            Comparator.comparing(MediaTrack::preferred)
                .thenComparing(MediaTrack::number, Comparator.reverseOrder()));
  }

  /**
   * Whether it is a video or sound. A moving picture that cannot be decoded is not passed over: the
   * sound alone would not answer for it.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_UNSUPPORTED}, with the coding's name, when it
   *     has no track that can be decoded, or a moving picture but none that can be
   */
  public Modality modality() {
    boolean moving = picture().isPresent();
    if (!moving) {
      refuse(tracks.stream().filter(this::isUnknownPicture), "picture");
    }
    Optional<Modality> modality = format.modality(moving, sound().isPresent());
    if (modality.isEmpty()) {
      refuse(tracks.stream().filter(track -> track.kind() == Kind.SOUND), "sound");
    }
    return modality.orElseThrow(() -> new ProblemException(ProblemType.MEDIA_UNSUPPORTED));
  }

  private static void refuse(Stream<MediaTrack> unknown, String what) {
    unknown
        .findFirst()
        .ifPresent(
            track -> {
              throw new ProblemException(
                  ProblemType.MEDIA_UNSUPPORTED,
                  track.codec().isEmpty()
                      ? "Touchstone does not know how this file's %s is coded.".formatted(what)
                      : "This file's %s is coded as %s, which Touchstone does not decode."
                          .formatted(what, track.codec()));
            });
  }

  private boolean isUnknownPicture(MediaTrack track) {
    return isMoving(track) && !Codecs.isPicture(track.codec());
  }

  /**
   * Whether a track is a moving picture. A cover is not, marked as one or not: in a file of sound
   * any picture that is coded as a still one, elsewhere one that has a single frame beside sound.
   */
  private boolean isMoving(MediaTrack track) {
    boolean still = Codecs.isStill(track.codec());
    boolean soundFile = format == MediaFormat.M4A || format.modality() == Modality.AUDIO;
    boolean cover = track.cover() || still && (soundFile || track.frames() == 1 && hasSound());
    return track.kind() == Kind.PICTURE && !cover;
  }

  private boolean hasSound() {
    return tracks.stream().anyMatch(track -> track.kind() == Kind.SOUND);
  }
}
