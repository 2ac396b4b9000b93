package org.touchstone.models;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.touchstone.domain.files.Sha256;
import org.touchstone.models.Region.Alignment;

/**
 * The canonical form of how a model's inputs are made and its outputs are read. It has a line
 * {@code field=value} for each field of the manifest that says so, in UTF-8, each with a line feed,
 * in the order below. What a manifest leaves out has the value it stands for; fields that have
 * their first default have no line, so that a field added later changes no digest. Whole numbers
 * are in decimal, others as {@link Double#toString(double)} has them, names in a manifest's
 * spelling, lists with commas between.
 *
 * <pre>
 * pipeline
 * files.NAME           (for each besides the model file, such as its weights, in order of the names)
 * input.name, layout, dtype, height, width, frames, fit, resampling,
 *       resize.shortEdge, resize.height, resize.width, resize.filter, resize.library,
 *       resize.rounding, crop.rounding, scale, mean, std           (of pictures and clips)
 * input.name, layout, dtype, sampleRate, samples, preemphasis, pad, hop     (of sound)
 * input.name, layout, dtype, bands, frames                                  (of a mel spectrum)
 *                                               (once more for each further input)
 * extraInputs.name, dtype, shape, fill, value   (for each)
 * region.kind, margin, minSize, doubtfulBelow, align, size, scale, maxFaces
 * options.aggregation, people, stride, frames
 * output.name, activation, fakeIndex, calibration.slope, calibration.intercept, threshold
 * </pre>
 */
final class PreprocessingDigest {
  private final StringBuilder lines = new StringBuilder();

  private PreprocessingDigest() {}

  /** SHA-256 of the canonical form, in lower-case hexadecimal. */
  static String of(ModelManifest manifest) {
    return Sha256.of(canonical(manifest));
  }

  static String canonical(ModelManifest manifest) {
    PreprocessingDigest form = new PreprocessingDigest();
    manifest.detector().ifPresent(role -> form.line("pipeline", role.pipeline()));
    // The hash of a model file says nothing of weights that it only refers to.
    new TreeMap<>(manifest.files())
        .forEach(
            (name, sha256) -> {
              if (!name.equals(manifest.modelFile())) {
                form.line("files." + name, sha256);
              }
            });
    manifest.inputs().forEach(form::input);
    manifest.extraInputs().forEach(form::extra);
    manifest.detector().ifPresent(form::detector);
    return form.lines.toString();
  }

  private void input(Input input) {
    line("input.name", input.name());
    line("input.layout", input.layout());
    line("input.dtype", input.type());
    switch (input) {
      case Input.Visual picture -> picture(picture);
      case Input.Waveform sound -> {
        line("input.sampleRate", sound.sampleRate());
        line("input.samples", sound.samples());
        unless(0.0, "input.preemphasis", sound.windowing().preemphasis());
        unless(Windowing.Padding.REPEAT, "input.pad", sound.windowing().padding());
        unless(sound.samples(), "input.hop", sound.windowing().hop());
      }
      case Input.Spectrum sound -> {
        line("input.bands", sound.bands());
        line("input.frames", sound.frames());
      }
    }
  }

  private void picture(Input.Visual input) {
    line("input.height", input.height());
    line("input.width", input.width());
    unless(1, "input.frames", input.frames());
    Preparation preparation = input.preparation();
    if (preparation.resize().isEmpty()) {
      line("input.fit", preparation.fit());
      line("input.resampling", preparation.resampling());
    }
    preparation.resize().ifPresent(this::resize);
    preparation.crop().ifPresent(rounding -> line("input.crop.rounding", rounding));
    PixelValues values = preparation.values();
    unless(PixelValues.BYTES.scale(), "input.scale", values.scale());
    unless(PixelValues.BYTES.mean(), "input.mean", values.mean());
    unless(PixelValues.BYTES.std(), "input.std", values.std());
  }

  private void resize(Resize resize) {
    switch (resize) {
      case Resize.ShortEdge edge -> line("input.resize.shortEdge", edge.pixels());
      case Resize.BothSides sides -> {
        line("input.resize.height", sides.height());
        line("input.resize.width", sides.width());
      }
    }
    line("input.resize.filter", resize.filter());
    line("input.resize.library", resize.library());
    if (resize instanceof Resize.ShortEdge edge) {
      line("input.resize.rounding", edge.rounding());
    }
  }

  private void extra(ExtraInput input) {
    line("extraInputs.name", input.name());
    line("extraInputs.dtype", input.type());
    line("extraInputs.shape", input.shape());
    line("extraInputs.fill", input.fill());
    unless(0.0, "extraInputs.value", input.value());
  }

  private void detector(ModelRole.Detector role) {
    Region region = role.region();
    line("region.kind", region.kind());
    unless(0.0, "region.margin", region.margin());
    unless(0, "region.minSize", region.minSize());
    unless(0, "region.doubtfulBelow", region.doubtfulBelow());
    region
        .align()
        .ifPresent(
            align -> {
              line("region.align", Alignment.FIVE_POINT);
              line("region.size", align.size());
              line("region.scale", align.scale());
            });
    unless(0, "region.maxFaces", region.maxFaces());
    PipelineOptions options = role.options();
    line("options.aggregation", options.aggregation());
    line("options.people", options.people());
    unless(PipelineOptions.BUDGET, "options.stride", options.stride());
    unless(PipelineOptions.SAMPLED, "options.frames", options.frames());
    Output output = role.output();
    line("output.name", output.name());
    line("output.activation", output.activation());
    line("output.fakeIndex", output.fakeIndex());
    output
        .calibration()
        .ifPresent(
            fit -> {
              line("output.calibration.slope", fit.slope());
              line("output.calibration.intercept", fit.intercept());
            });
    output.threshold().ifPresent(threshold -> line("output.threshold", threshold));
  }

  private void unless(Object usual, String field, Object value) {
    if (!value.equals(usual)) {
      line(field, value);
    }
  }

  private void line(String field, Object value) {
    lines.append(field).append('=').append(text(value)).append('\n');
  }

  private static String text(Object value) {
    return switch (value) {
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      case List<?> list -> String.join(",", list.stream().map(PreprocessingDigest::text).toList());
      default -> value.toString();
    };
  }
}
