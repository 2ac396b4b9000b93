package org.touchstone.models;

import java.util.List;
import java.util.Objects;

/**
 * A tensor of 32-bit floats that a model takes besides its pictures, such as the noise of a
 * variational autoencoder.
 *
 * @param name the input's name in the graph
 * @param shape its dimensions without the first, which is the batch
 * @param fill what it is filled with
 */
public record ExtraInput(String name, List<Integer> shape, Fill fill) {
  public ExtraInput {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(fill, "fill");
    shape = List.copyOf(shape);
  }

  /** Values for one picture or clip. */
  public int elements() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** What an input is filled with. */
  public enum Fill {
    /** Nothing, which makes the same picture always get the same score. */
    ZEROS,
    /** Independent numbers of mean 0 and deviation 1, the same ones for every picture. */
    STANDARD_NORMAL,
    /**
     * How the face's code in StyleGAN's latent space changes from frame to frame. The encoders that
     * find these codes are not part of Touchstone: a detector that needs them abstains.
     */
    STYLE_LATENTS
  }
}
