package org.touchstone.models;

import java.util.Objects;

/** How a picture is brought to another size before its middle is cut out. */
public sealed interface Resize {
  Filter filter();

  Library library();

  /**
   * The shorter side becomes {@code pixels} long; the longer one keeps the proportion, and is never
   * made shorter than that.
   *
   * @param pixels length of the shorter side
   * @param rounding how the fraction of a pixel of the longer side is rounded
   */
  record ShortEdge(int pixels, Filter filter, Library library, Rounding rounding)
      implements Resize {
    public ShortEdge {
      require(pixels > 0, filter, library);
      Objects.requireNonNull(rounding, "rounding");
    }
  }

  /**
   * Each side is scaled on its own.
   *
   * @param height pixels
   * @param width pixels
   */
  record BothSides(int height, int width, Filter filter, Library library) implements Resize {
    public BothSides {
      require(height > 0 && width > 0, filter, library);
    }
  }

  /** The filter's shape; it grows with the scale where a picture shrinks. */
  enum Filter {
    /** A triangle. */
    BILINEAR,
    /** Cubic convolution with a = -0.5. */
    BICUBIC
  }

  /** Whose arithmetic: pixels are placed and weighed alike, but rounded differently. */
  enum Library {
    /**
     * Pillow: fixed point, rounded to bytes after each direction. torchvision resizes pictures of
     * Pillow's type with it too.
     */
    PILLOW,
    /** torchvision's resize of a tensor with antialias: floats, rounded to bytes at the end. */
    TORCHVISION
  }

  private static void require(boolean positive, Filter filter, Library library) {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(library, "library");
    if (!positive) {
      throw new IllegalArgumentException("sides have at least one pixel");
    }
    if (filter == Filter.BICUBIC && library == Library.TORCHVISION) {
      throw new IllegalArgumentException("bicubic is Pillow's only");
    }
  }
}
