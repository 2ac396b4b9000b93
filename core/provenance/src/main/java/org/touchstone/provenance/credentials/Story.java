package org.touchstone.provenance.credentials;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.touchstone.c2pa.manifest.Action;
import org.touchstone.c2pa.manifest.Ingredient;
import org.touchstone.c2pa.manifest.ManifestReport;
import org.touchstone.domain.provenance.Step;
import org.touchstone.domain.provenance.Step.Kind;

/** Tells the manifests as steps, the oldest first: what was done, then who signed that. */
final class Story {
  private static final int MAX_STEPS = 200;

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry(Terms.OPENED, Kind.OPENED),
          Map.entry(Terms.PLACED, Kind.PLACED),
          Map.entry("c2pa.resized", Kind.RESIZED),
          Map.entry("c2pa.resized.proportional", Kind.RESIZED),
          Map.entry("c2pa.cropped", Kind.RESIZED),
          Map.entry("c2pa.converted", Kind.CONVERTED),
          Map.entry("c2pa.transcoded", Kind.CONVERTED),
          Map.entry("c2pa.repackaged", Kind.CONVERTED),
          Map.entry("c2pa.edited.metadata", Kind.METADATA_EDITED),
          Map.entry("c2pa.watermarked", Kind.WATERMARKED),
          Map.entry("c2pa.watermarked.bound", Kind.WATERMARKED),
          Map.entry("c2pa.watermarked.unbound", Kind.WATERMARKED),
          Map.entry("c2pa.redacted", Kind.REDACTED),
          Map.entry("c2pa.published", Kind.PUBLISHED),
          Map.entry("c2pa.edited", Kind.EDITED),
          Map.entry("c2pa.filtered", Kind.EDITED),
          Map.entry("c2pa.color_adjustments", Kind.EDITED),
          Map.entry("c2pa.adjustedColor", Kind.EDITED),
          Map.entry("c2pa.drawing", Kind.EDITED),
          Map.entry("c2pa.orientation", Kind.EDITED),
          Map.entry("c2pa.enhanced", Kind.EDITED),
          Map.entry("c2pa.removed", Kind.EDITED),
          Map.entry("c2pa.deleted", Kind.EDITED),
          Map.entry("c2pa.dubbed", Kind.EDITED),
          Map.entry("c2pa.translated", Kind.EDITED),
          Map.entry("c2pa.trimmed", Kind.EDITED));

  private static final Map<String, Kind> BEGINNINGS =
      Map.of(
          "digitalCapture",
          Kind.CAPTURED,
          "computationalCapture",
          Kind.CAPTURED,
          "compositeCapture",
          Kind.CAPTURED,
          Terms.GENERATED,
          Kind.GENERATED,
          Terms.PARTLY_GENERATED,
          Kind.PARTLY_GENERATED,
          "compositeSynthetic",
          Kind.PARTLY_GENERATED,
          "screenCapture",
          Kind.SCREEN_CAPTURED);

  private Story() {}

  /** The steps; of a long story the latest ones. */
  static List<Step> of(List<ManifestReport> manifests) {
    List<Step> steps = new ArrayList<>();
    for (int number = manifests.size() - 1; number >= 0; number--) {
      ManifestReport manifest = manifests.get(number);
      for (Action action : manifest.actions()) {
        steps.add(step(action, manifest, number));
      }
      if (manifest.signer() != null) {
        steps.add(
            new Step(
                Kind.SIGNED,
                number,
                true,
                null,
                null,
                null,
                null,
                manifest.signer().time(),
                List.of()));
      }
    }
    return steps.size() <= MAX_STEPS
        ? steps
        : steps.subList(steps.size() - MAX_STEPS, steps.size());
  }

  private static Step step(Action action, ManifestReport manifest, int number) {
    String type = Terms.lastPart(action.sourceType());
    return new Step(
        kind(action.name(), type),
        number,
        action.isCreated(),
        action.name(),
        type,
        action.softwareAgent(),
        action.description(),
        instant(action.when()),
        manifest.ingredients().stream()
            .filter(ingredient -> action.ingredients().contains(ingredient.label()))
            .map(Ingredient::title)
            .filter(Objects::nonNull)
            .toList());
  }

  private static Kind kind(String name, String type) {
    if (name == null) {
      return Kind.OTHER;
    }
    if (name.equals(Terms.CREATED)) {
      return type == null ? Kind.MADE : BEGINNINGS.getOrDefault(type, Kind.MADE);
    }
    boolean byGenerator = type != null && Terms.BY_GENERATOR.contains(type);
    if (byGenerator && !name.equals(Terms.OPENED) && !Terms.NON_EDITORIAL.contains(name)) {
      return Kind.EDITED_WITH_AI;
    }
    return KINDS.getOrDefault(name, Kind.OTHER);
  }

  private static Instant instant(String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      // Written in some other way; the order of the steps remains.
      return null;
    }
  }
}
