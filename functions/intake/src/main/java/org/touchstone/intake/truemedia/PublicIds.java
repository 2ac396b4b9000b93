package org.touchstone.intake.truemedia;

import java.util.Arrays;
import java.util.Optional;
import org.touchstone.domain.Modality;

/**
 * The names of detectors in this layer. The original service hid its partners behind ids such as
 * {@code video9}; a detector that it had has its id here, and others have their own names.
 */
enum PublicIds {
  HIVE_IMAGE("hive", Modality.IMAGE, "image1"),
  REALITY_DEFENDER_IMAGE("reality-defender", Modality.IMAGE, "image2"),
  DIRE("distil-dire", Modality.IMAGE, "image8"),
  UFD("ufd", Modality.IMAGE, "image19"),
  HIVE_VIDEO("hive", Modality.VIDEO, "video1"),
  REALITY_DEFENDER_VIDEO("reality-defender", Modality.VIDEO, "video2"),
  STYLEFLOW("styleflow", Modality.VIDEO, "video8"),
  GENCONVIT("genconvit", Modality.VIDEO, "video9"),
  FTCN("ftcn", Modality.VIDEO, "video10"),
  REALITY_DEFENDER_AUDIO("reality-defender", Modality.AUDIO, "audio2"),
  TRANSCRIPT("transcript", Modality.AUDIO, "audio11");

  private final String detector;
  private final Modality track;
  private final String id;

  PublicIds(String detector, Modality track, String id) {
    this.detector = detector;
    this.track = track;
    this.id = id;
  }

  /** The public id of a detector's report on a track: its own name if the original had none. */
  static String of(String detector, Modality track) {
    return Arrays.stream(values())
        .filter(known -> known.detector.equals(detector) && known.track == track)
        .map(known -> known.id)
        .findFirst()
        .orElse(detector);
  }

  /** The detector of a public id; empty when the original had no such id that is known here. */
  static Optional<String> detectorOf(String id) {
    return Arrays.stream(values())
        .filter(known -> known.id.equals(id))
        .map(known -> known.detector)
        .findFirst();
  }
}
