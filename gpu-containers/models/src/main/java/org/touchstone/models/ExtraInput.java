package org.touchstone.models;

import java.util.List;
import java.util.Objects;

/**
 * A tensor that a model takes besides the medium, such as the noise of a variational autoencoder or
 * the sample rate of a waveform.
 *
 * @param name the input's name in the graph
 * @param type of its values
 * @param shape its dimensions; those of one row if it is batched
 * @param batched whether it has a row for each row of the medium, by a first dimension that is the
 *     batch; otherwise it is the same tensor for every batch
 * @param fill where its values come from
 * @param value each of them, for {@link Fill#CONSTANT}; otherwise 0
 */
public record ExtraInput(
    String name, ElementType type, List<Integer> shape, boolean batched, Fill fill, double value) {
  public ExtraInput {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(fill, "fill");
    shape = List.copyOf(shape);
  }

  /** A row of float32 for each row of the medium. */
  public ExtraInput(String name, List<Integer> shape, Fill fill) {
    this(name, ElementType.FLOAT32, shape, true, fill, 0);
  }

  /** Values of one row, or of the whole tensor if it is not batched. */
  public int elements() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Where an input's values come from. */
  public enum Fill {
    /** Zeros, so that the same picture always gets the same score. */
    ZEROS,
    /** Independent numbers of mean 0 and deviation 1, the same ones for every picture. */
    STANDARD_NORMAL,
    /** The same value everywhere, which the manifest names. */
    CONSTANT,
    /** Values that the caller gives with each row. */
    CALLER,
    /**
     * How the face's code in StyleGAN's latent space changes from frame to frame. The encoders that
     * find these codes are not part of Touchstone: a detector that needs them abstains.
     */
    STYLE_LATENTS
  }
}
