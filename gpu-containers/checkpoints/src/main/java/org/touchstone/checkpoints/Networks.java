package org.touchstone.checkpoints;

import java.util.List;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.networks.aasist.AasistNetwork;
import org.touchstone.checkpoints.networks.commfor.CommunityForensicsNetwork;
import org.touchstone.checkpoints.networks.dda.DualDataAlignmentNetwork;
import org.touchstone.checkpoints.networks.distildire.DistilDireNetwork;
import org.touchstone.checkpoints.networks.ftcn.FtcnNetwork;
import org.touchstone.checkpoints.networks.genconvit.GenConVitNetwork;
import org.touchstone.checkpoints.networks.gend.GenDNetwork;
import org.touchstone.checkpoints.networks.retinaface.RetinaFaceNetwork;
import org.touchstone.checkpoints.networks.styleflow.StyleFlowNetwork;
import org.touchstone.checkpoints.networks.ufd.UniversalFakeDetectNetwork;
import org.touchstone.checkpoints.networks.wav2vec2.Wav2Vec2Network;
import org.touchstone.checkpoints.networks.whisper.WhisperNetwork;

/** The networks whose checkpoints can be imported. */
public final class Networks {
  /** The networks, one line each, in the order in which they are listed. */
  private static final List<PublishedNetwork> ALL =
      List.of(
          new GenConVitNetwork(),
          new FtcnNetwork(),
          new StyleFlowNetwork(),
          new DistilDireNetwork(),
          new UniversalFakeDetectNetwork(),
          new CommunityForensicsNetwork(),
          new GenDNetwork(),
          new DualDataAlignmentNetwork(),
          new Wav2Vec2Network(),
          new AasistNetwork(),
          new WhisperNetwork(),
          new RetinaFaceNetwork());

  private Networks() {}

  /** All networks. */
  public static List<PublishedNetwork> all() {
    return ALL;
  }

  /** The names of all networks. */
  public static List<String> names() {
    return ALL.stream().map(PublishedNetwork::name).toList();
  }

  /**
   * Finds a network by its name.
   *
   * @throws IllegalArgumentException when there is no such network; the message lists the known
   *     names
   */
  public static PublishedNetwork of(String name) {
    return ALL.stream()
        .filter(network -> network.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no model of that name; known are " + String.join(", ", names())));
  }
}
