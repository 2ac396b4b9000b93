package org.touchstone.local.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.domain.provenance.Credential;
import org.touchstone.domain.provenance.CredentialSignature;
import org.touchstone.domain.provenance.Label;
import org.touchstone.domain.provenance.Label.Meaning;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.domain.provenance.Step;
import org.touchstone.domain.provenance.Voucher;

/** What a medium proves or says about its origin, in words for people. */
final class ProvenanceText {
  private static final String NOTHING_OF_THE_MEDIUM =
      " That says nothing about what the medium shows.";

  private ProvenanceText() {}

  /** What its credentials are worth, in a sentence or two. */
  static String summary(Provenance provenance) {
    return switch (provenance.state()) {
      case ABSENT -> "none (its absence says nothing)";
      case REMOTE ->
          "kept at "
              + ResultTable.clean(String.valueOf(provenance.remoteHost()))
              + ", which was not asked";
      case PRESENT_UNVERIFIED -> unverified(provenance);
      case INVALID -> problem(provenance.problem());
      case VALID_UNTRUSTED, VALID_TRUSTED ->
          "Its content credentials are sound. " + vouching(provenance.vouchedBy());
    };
  }

  private static String unverified(Provenance provenance) {
    if (provenance.problem() == Problem.NOT_WHOLE) {
      return "It has content credentials that were not checked, because the file was not at hand as"
          + " a whole.";
    }
    if (provenance.problem() == Problem.UNSUPPORTED) {
      return "It has content credentials of a kind that cannot be checked." + NOTHING_OF_THE_MEDIUM;
    }
    StringJoiner parts = new StringJoiner(", ");
    parts.add("claimed, not verified");
    if (provenance.generator() != null) {
      parts.add("made with " + ResultTable.clean(provenance.generator()));
    }
    if (provenance.digitalSourceType() != null) {
      parts.add("source type " + ResultTable.clean(provenance.digitalSourceType()));
    }
    return parts.toString();
  }

  private static String vouching(Voucher voucher) {
    return switch (voucher == null ? Voucher.NOBODY : voucher) {
      case OFFICIAL -> "C2PA's trust list vouches for the signer.";
      case OWN -> "Your own list vouches for the signer.";
      case INTERIM -> "The list that was used until 2026 vouches for the signer.";
      case KNOWN_GENERATORS ->
          "The signer is a known maker of generators, which vouches only for what these make.";
      case NOBODY -> "Nobody vouches for their signer: anybody can make a certificate in any name.";
    };
  }

  private static String problem(Problem problem) {
    if (problem == null) {
      return "Its content credentials do not hold." + NOTHING_OF_THE_MEDIUM;
    }
    return switch (problem) {
          case CHANGED_AFTER_SIGNING ->
              "The file was changed after it was signed; saving it again or a platform can do"
                  + " this.";
          case DAMAGED_OR_FORGED -> "Its content credentials are damaged or forged.";
          case EXPIRED ->
              "The certificate that signed it has expired, and no time stamp says when it was"
                  + " signed.";
          case REVOKED -> "The certificate that signed it was revoked.";
          case WRONG_CERTIFICATE ->
              "It was signed with a certificate that is not made for content credentials.";
          case INGREDIENT -> "The content credentials of something it was made from do not hold.";
          case RULES_BROKEN -> "Its content credentials break the rules of C2PA.";
          case UNSUPPORTED -> "Its content credentials cannot be checked.";
          case NOT_WHOLE -> "The file was not at hand as a whole.";
        }
        + NOTHING_OF_THE_MEDIUM;
  }

  /** The story, the oldest first, each step in a line; and the labels. */
  static List<String> story(Provenance provenance) {
    List<String> lines = new ArrayList<>();
    for (Step step : provenance.chain()) {
      lines.add(ResultTable.clean(step(step, provenance)));
    }
    for (Label label : provenance.labels()) {
      if (label.meaning() != Meaning.NOTE) {
        lines.add(ResultTable.clean(label(label)));
      }
    }
    return lines;
  }

  private static String step(Step step, Provenance provenance) {
    if (step.kind() == Step.Kind.SIGNED) {
      return signed(step, provenance.credentials().get(step.credential()));
    }
    StringBuilder text = new StringBuilder(words(step));
    if (!step.with().isEmpty()) {
      text.append(": ").append(String.join(", ", step.with()));
    }
    if (step.tool() != null) {
      text.append(", with ").append(step.tool());
    }
    if (step.at() != null) {
      text.append(", on ").append(day(step.at()));
    }
    if (step.description() != null) {
      text.append(" (").append(step.description()).append(')');
    }
    if (!step.vouched()) {
      text.append("; the signer passed this on from others");
    }
    return text.toString();
  }

  private static String words(Step step) {
    return switch (step.kind()) {
      case CAPTURED -> "taken by a camera or a microphone";
      case GENERATED -> "made by a generator";
      case PARTLY_GENERATED -> "made in part by a generator";
      case SCREEN_CAPTURED -> "taken from a screen";
      case MADE -> step.sourceType() == null ? "made" : "made (" + step.sourceType() + ")";
      case OPENED -> "opened";
      case PLACED -> "another medium put in";
      case EDITED_WITH_AI -> "changed with a generator";
      case EDITED -> "edited";
      case RESIZED -> "cropped or resized";
      case CONVERTED -> "converted";
      case METADATA_EDITED -> "metadata changed";
      case WATERMARKED -> "watermark added";
      case REDACTED -> "earlier credentials shortened";
      case PUBLISHED -> "published";
      case OTHER -> String.valueOf(step.action());
      case SIGNED -> "signed";
    };
  }

  private static String signed(Step step, Credential credential) {
    CredentialSignature signature = credential.signature();
    StringBuilder text = new StringBuilder();
    String name = signature.signer() == null ? "nobody by name" : signature.signer();
    text.append(signature.genuine() ? "signed by " : "a signature that does not hold; it names ")
        .append(name);
    if (signature.issuer() != null) {
      text.append(" (certificate by ").append(signature.issuer()).append(')');
    }
    if (step.at() != null) {
      text.append(" on ").append(day(step.at()));
      if (!signature.timeTrusted()) {
        text.append(", as a time stamp authority says that nobody vouches for");
      }
    }
    if (!credential.tools().isEmpty()) {
      text.append(", with ").append(String.join(", ", credential.tools()));
    }
    return text.toString();
  }

  private static String label(Label label) {
    String generator = label.generator() == null ? "a generator" : label.generator();
    String says =
        switch (label.meaning()) {
          case GENERATED -> " made it";
          case EDITED -> " changed it or made a part of it";
          case POSSIBLE -> " may have made it";
          case NOTE -> "";
        };
    String who =
        switch (label.forgeability()) {
          case ANYBODY -> "; anybody can write this";
          case PLATFORM -> "; the platform says so";
        };
    return "label in " + label.where() + ": " + generator + says + who;
  }

  /** By what it was judged; null when nothing was. */
  static String judgedBy(Provenance provenance) {
    boolean checked = provenance.state() != State.ABSENT && !provenance.credentials().isEmpty();
    return checked && provenance.versions() != null && provenance.judgedAt() != null
        ? "judged on "
            + day(provenance.judgedAt())
            + " by the lists of version "
            + provenance.versions().lists()
        : null;
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
