package org.touchstone.models;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how a picture becomes a row of an input. */
final class PreparationReader {
  /** Longest side of a resized picture, pixels; a larger value is a typing error. */
  private static final int MAX_SIDE = 4096;

  private static final double MAX_VALUE = 1e6;
  private static final double MIN_DEVIATION = 1e-6;

  private PreparationReader() {}

  /**
   * @param resampling how pictures are scaled where the manifest does not say
   * @param height of the input, pixels
   * @param width likewise
   */
  static Preparation read(
      ManifestFields fields, Resampling resampling, ElementType type, int height, int width) {
    Optional<Resize> resize = resize(fields.optionalObject("resize"));
    Optional<Rounding> crop = crop(fields.optionalObject("crop"));
    String prefix = fields.prefix();
    if (resize.isPresent() && (fields.isGiven("fit") || fields.isGiven("resampling"))) {
      throw ManifestFields.bad(prefix + "resize", "takes the place of fit and resampling");
    }
    if (crop.isPresent() && resize.isEmpty()) {
      throw ManifestFields.bad(prefix + "crop", "goes with resize; alone it is fit crop");
    }
    if (resize.isPresent() && crop.isEmpty() && !gives(resize.get(), height, width)) {
      throw ManifestFields.bad(
          prefix + "crop", "must be given: resized pictures have another size than the input");
    }
    return new Preparation(
        fields.choice("fit", Fit.class, Fit.STRETCH),
        fields.choice("resampling", Resampling.class, resampling),
        resize,
        crop,
        values(fields, type));
  }

  private static boolean gives(Resize resize, int height, int width) {
    return resize instanceof Resize.BothSides sides
        && sides.height() == height
        && sides.width() == width;
  }

  private static Optional<Resize> resize(ManifestFields fields) {
    if (fields == null) {
      return Optional.empty();
    }
    boolean edge = fields.isGiven("shortEdge");
    fields.allow(
        edge
            ? Set.of("shortEdge", "filter", "library", "rounding")
            : Set.of("height", "width", "filter", "library"));
    Resize.Filter filter = fields.choice("filter", Resize.Filter.class, null);
    Resize.Library library = fields.choice("library", Resize.Library.class, Resize.Library.PILLOW);
    if (filter == Resize.Filter.BICUBIC && library == Resize.Library.TORCHVISION) {
      throw ManifestFields.bad(fields.prefix() + "library", "must be pillow for bicubic");
    }
    return Optional.of(
        edge
            ? new Resize.ShortEdge(
                fields.integer("shortEdge", 1, MAX_SIDE, null), filter, library, rounding(fields))
            : new Resize.BothSides(
                fields.integer("height", 1, MAX_SIDE, null),
                fields.integer("width", 1, MAX_SIDE, null),
                filter,
                library));
  }

  private static Optional<Rounding> crop(ManifestFields fields) {
    return fields == null
        ? Optional.empty()
        : Optional.of(rounding(fields.allow(Set.of("rounding"))));
  }

  private static Rounding rounding(ManifestFields fields) {
    return fields.choice("rounding", Rounding.class, Rounding.HALF_EVEN);
  }

  private static PixelValues values(ManifestFields fields, ElementType type) {
    boolean given = fields.isGiven("scale") || fields.isGiven("mean") || fields.isGiven("std");
    if (given && type == ElementType.UINT8) {
      throw ManifestFields.bad(
          fields.prefix() + "dtype", "must be float16 or float32 with scale, mean or std");
    }
    double scale = fields.number("scale", -MAX_VALUE, MAX_VALUE, PixelValues.BYTES.scale());
    if (scale == 0) {
      throw ManifestFields.bad(fields.prefix() + "scale", "must not be 0");
    }
    List<Double> mean =
        fields.numbers("mean", Input.CHANNELS, -MAX_VALUE, MAX_VALUE, PixelValues.BYTES.mean());
    List<Double> std =
        fields.numbers("std", Input.CHANNELS, MIN_DEVIATION, MAX_VALUE, PixelValues.BYTES.std());
    return new PixelValues(scale, mean, std);
  }
}
