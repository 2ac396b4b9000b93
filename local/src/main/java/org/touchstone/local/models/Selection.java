package org.touchstone.local.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.RefusedModels;

/**
 * Which of the wanted entries are installed, and why the others are not.
 *
 * @param install entries whose licences allow it
 * @param leftOut the others
 */
public record Selection(List<CatalogueEntry> install, List<LeftOut> leftOut) {
  public Selection {
    install = List.copyOf(install);
    leftOut = List.copyOf(leftOut);
  }

  /** Why an entry is not installed. */
  public enum Why {
    /** Its weights are not published. */
    NOT_PUBLISHED,
    /** Its licence restricts the use and was not accepted. */
    RESTRICTED,
    /** What contradicts its licence was not accepted. */
    CONFLICT,
    /** Something about it is disputed, and only undisputed ones are wanted. */
    DISPUTED,
    /** Others found it broken. */
    REFUSED
  }

  /**
   * An entry that is not installed.
   *
   * @param reason a sentence
   */
  public record LeftOut(CatalogueEntry entry, Why why, String reason) {
    public LeftOut {
      Objects.requireNonNull(entry, "entry");
      Objects.requireNonNull(why, "why");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * What a person allows.
   *
   * @param accepted entries whose conflict was accepted by name
   * @param licence whether restrictions were accepted
   * @param onlyUndisputed whether disputed entries are not wanted
   * @param force whether refused models are wanted all the same
   * @param before whether the text of an entry was accepted in an earlier run
   */
  public record Consent(
      Set<String> accepted,
      boolean licence,
      boolean onlyUndisputed,
      boolean force,
      Predicate<CatalogueEntry> before) {
    public Consent {
      accepted = Set.copyOf(accepted);
    }
  }

  /** Sorts the wanted entries. */
  public static Selection of(List<CatalogueEntry> wanted, Consent consent, RefusedModels refused) {
    List<CatalogueEntry> install = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (CatalogueEntry entry : wanted) {
      Optional<LeftOut> reason = reason(entry, consent, refused);
      reason.ifPresentOrElse(leftOut::add, () -> install.add(entry));
    }
    return new Selection(install, leftOut);
  }

  private static Optional<LeftOut> reason(
      CatalogueEntry entry, Consent consent, RefusedModels refused) {
    if (entry.files().isEmpty()) {
      String note = entry.note().orElse("The weights of " + entry.name() + " are not published.");
      return Optional.of(new LeftOut(entry, Why.NOT_PUBLISHED, note));
    }
    Optional<RefusedModels.Refused> broken = consent.force() ? Optional.empty() : refused.of(entry);
    if (broken.isPresent()) {
      return Optional.of(new LeftOut(entry, Why.REFUSED, sentence(broken.get())));
    }
    boolean disputed = entry.disputed().isPresent() || entry.licences().conflict().isPresent();
    if (consent.onlyUndisputed() && disputed) {
      return Optional.of(
          new LeftOut(
              entry, Why.DISPUTED, entry.licences().conflict().or(entry::disputed).orElseThrow()));
    }
    if (consent.before().test(entry)) {
      return Optional.empty();
    }
    boolean named = consent.accepted().contains(entry.name());
    if (entry.licences().conflict().isPresent() && !named) {
      return Optional.of(
          new LeftOut(entry, Why.CONFLICT, entry.licences().conflict().orElseThrow()));
    }
    return entry
        .restriction()
        .filter(text -> !consent.licence() && !named)
        .map(text -> new LeftOut(entry, Why.RESTRICTED, text));
  }

  /** The reason and its source, as one or two sentences. */
  public static String sentence(RefusedModels.Refused broken) {
    return broken.reason() + " Found by: " + broken.source() + ".";
  }
}
