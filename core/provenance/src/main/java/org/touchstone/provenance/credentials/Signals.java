package org.touchstone.provenance.credentials;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.touchstone.c2pa.credential.Signer;
import org.touchstone.c2pa.manifest.Action;
import org.touchstone.c2pa.manifest.Ingredient;
import org.touchstone.c2pa.manifest.ManifestReport;
import org.touchstone.domain.provenance.Signal;
import org.touchstone.domain.provenance.Statement;
import org.touchstone.domain.provenance.Voucher;
import org.touchstone.provenance.trust.TrustLists;

/**
 * What sound credentials say, by the signals of C2PA's Asset Rubrics, read along the line from the
 * medium's own manifest to where it began. Only assertions that a signer made itself count.
 *
 * <p>Stricter than the rubrics in two ways. An action that changes the content without a source
 * type is ambiguous, so that "taken by a camera" never covers an edit of which nothing is said. And
 * what was made wholly by a generator stays so after edits only if these leave the content as it
 * is; otherwise it was made partly by one. A visible watermark that the generator's own software
 * adds counts as leaving it.
 */
final class Signals {
  /** What Gemini's app writes when it puts its mark into a picture that it has made. */
  private static final String OWN_MARK = "added visible watermark";

  private static final Map<String, Signal> ORIGINS =
      Map.of(
          "digitalCapture",
          Signal.CAPTURED,
          "computationalCapture",
          Signal.CAPTURED,
          "compositeCapture",
          Signal.CAPTURED_STITCHED,
          Terms.GENERATED,
          Signal.FULLY_GENERATED,
          Terms.PARTLY_GENERATED,
          Signal.PARTLY_GENERATED,
          "screenCapture",
          Signal.SCREEN,
          Terms.COMPOSITE,
          Signal.COMPOSED,
          "digitalCreation",
          Signal.DRAWN,
          "empty",
          Signal.BLANK);

  /** The rubrics' names of signals that products may be forbidden to give. */
  private static final Map<Signal, String> NAMES =
      Map.of(
          Signal.CAPTURED,
          "capturedMedia",
          Signal.CAPTURED_STITCHED,
          "capturedMediaStitched",
          Signal.DRAWN,
          "nonGenAIDigitalCreation");

  private final Lineage lineage;
  private final TrustLists lists;
  private final Map<Signal, Statement> found = new LinkedHashMap<>();

  private Signals(Lineage lineage, TrustLists lists) {
    this.lineage = lineage;
    this.lists = lists;
  }

  static List<Statement> of(Lineage lineage, TrustLists lists) {
    Signals signals = new Signals(lineage, lists);
    if (!lineage.line().isEmpty()) {
      signals.read();
    }
    return new ArrayList<>(signals.found.values());
  }

  private void read() {
    for (int number : lineage.line().reversed()) {
      ManifestReport manifest = lineage.manifests().get(number);
      List<Action> own = manifest.actions().stream().filter(Action::isCreated).toList();
      own.forEach(action -> read(action, number));
      if (isAmbiguous(manifest, own)) {
        add(Signal.AMBIGUOUS, null, number);
      }
    }
    if (lineage.beginsWithUnknown()) {
      add(Signal.UNKNOWN_ORIGIN, null, lineage.origin());
    }
    boolean changed =
        found.containsKey(Signal.EDITED)
            || found.containsKey(Signal.EDITED_WITH_AI)
            || found.containsKey(Signal.EDITED_PERHAPS_WITH_AI)
            || hasUnsaidChange();
    Statement whole = found.get(Signal.FULLY_GENERATED);
    if (whole != null && changed) {
      found.remove(Signal.FULLY_GENERATED);
      found.putIfAbsent(
          Signal.PARTLY_GENERATED,
          new Statement(Signal.PARTLY_GENERATED, whole.vouchedBy(), whole.credential()));
    }
    for (ManifestReport manifest : lineage.manifests()) {
      int number = lineage.manifests().indexOf(manifest);
      if (!lineage.line().contains(number) && isComponent(manifest)) {
        component(manifest, number);
      }
    }
  }

  private void read(Action action, int number) {
    String name = action.name() == null ? "" : action.name();
    String type = Terms.lastPart(action.sourceType());
    if (name.equals(Terms.CREATED) || name.equals(Terms.OPENED)) {
      if (type != null && ORIGINS.containsKey(type)) {
        add(ORIGINS.get(type), type, number);
      }
    } else if (Terms.NON_EDITORIAL.contains(name) || isOwnMark(action, number)) {
      add(Signal.NON_EDITORIAL, type, number);
    } else if (type != null && Terms.BY_GENERATOR.contains(type)) {
      add(Signal.EDITED_WITH_AI, type, number);
    } else if (type != null) {
      add(
          Terms.PERHAPS_BY_GENERATOR.contains(type) ? Signal.EDITED_PERHAPS_WITH_AI : Signal.EDITED,
          type,
          number);
    }
  }

  /** Whether a part of the medium was made of it; what a generator was only given is not part. */
  private boolean isComponent(ManifestReport manifest) {
    return lineage.manifests().stream()
        .flatMap(each -> each.ingredients().stream())
        .anyMatch(
            ingredient ->
                manifest.label().equals(ingredient.manifest())
                    && Ingredient.COMPONENT.equals(ingredient.relationship()));
  }

  /** Something that was put into it, such as a generated object in a photograph. */
  private void component(ManifestReport manifest, int number) {
    manifest.actions().stream()
        .filter(Action::isCreated)
        .filter(action -> Terms.CREATED.equals(action.name()))
        .map(action -> Terms.lastPart(action.sourceType()))
        .filter(type -> type != null && Terms.BY_GENERATOR.contains(type))
        .findFirst()
        .ifPresent(type -> add(Signal.PARTLY_GENERATED, type, number));
  }

  private void add(Signal signal, String type, int number) {
    Statement statement = new Statement(signal, vouchedBy(signal, type, number), number);
    found.merge(
        signal,
        statement,
        (before, now) -> before.vouchedBy().compareTo(now.vouchedBy()) <= 0 ? before : now);
  }

  /** The weakest voucher of all from the manifest that says so to the medium's own. */
  private Voucher vouchedBy(Signal signal, String type, int number) {
    int place = lineage.line().indexOf(number);
    Voucher weakest = voucher(signal, type, number);
    List<Integer> later =
        place < 0 ? List.of(lineage.line().getFirst()) : lineage.line().subList(0, place);
    for (int signed : later) {
      weakest = weakest.weaker(voucher(null, null, signed));
    }
    return weakest;
  }

  private Voucher voucher(Signal signal, String type, int number) {
    Signer signer = lineage.manifests().get(number).signer();
    if (signer == null) {
      return Voucher.NOBODY;
    }
    boolean mayNot = type != null && !lists.vouchesFor(signer.vouchedBy(), type);
    return mayNot || signal != null && isDisallowed(signal, signer)
        ? Voucher.NOBODY
        : lists.voucher(signer.vouchedBy());
  }

  /** A product on the official list may say only what its record lets it say. */
  private boolean isDisallowed(Signal signal, Signer signer) {
    String name = NAMES.get(signal);
    if (name == null || lists.voucher(signer.vouchedBy()) != Voucher.OFFICIAL) {
      return false;
    }
    return lists
        .products()
        .find(signer.productRecord())
        .map(product -> product.disallowedSignals().contains(name))
        .orElse(true);
  }

  private static boolean isAmbiguous(ManifestReport manifest, List<Action> own) {
    if (manifest.isUpdate()) {
      return false;
    }
    return own.isEmpty()
        || !manifest.hasAllActions()
        || own.size() < manifest.actions().size()
        || own.stream()
            .anyMatch(
                action ->
                    action.name() == null
                        || !action.name().startsWith(Terms.STANDARD)
                        || action.name().equals(Terms.UNKNOWN)
                        || isUnsaidChange(action));
  }

  /** Whether something on the line changed the content without saying by what. */
  private boolean hasUnsaidChange() {
    return lineage.line().stream()
        .flatMap(number -> lineage.manifests().get(number).actions().stream())
        .anyMatch(Signals::isUnsaidChange);
  }

  /** A change of the content that does not say by what. Resizing alone does not change a medium. */
  private static boolean isUnsaidChange(Action action) {
    return action.name() != null
        && action.sourceType() == null
        && !Set.of(Terms.CREATED, Terms.OPENED, "c2pa.resized").contains(action.name())
        && !Terms.NON_EDITORIAL.contains(action.name());
  }

  /**
   * Whether an edit is the visible mark of the generator that made the medium: by the same software
   * as the manifest in which the generated medium begins.
   */
  private boolean isOwnMark(Action action, int number) {
    boolean says =
        action.description() != null
            && action.description().strip().toLowerCase(Locale.ROOT).equals(OWN_MARK)
            && Terms.COMPOSITE.equals(Terms.lastPart(action.sourceType()));
    ManifestReport origin = lineage.manifests().get(lineage.origin());
    Optional<Action> beginning =
        origin.actions().stream()
            .filter(Action::isCreated)
            .filter(each -> Terms.CREATED.equals(each.name()))
            .filter(each -> Terms.GENERATED.equals(Terms.lastPart(each.sourceType())))
            .findFirst();
    return says
        && beginning.isPresent()
        && origin.generators().equals(lineage.manifests().get(number).generators());
  }
}
