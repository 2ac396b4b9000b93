package org.touchstone.local.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.touchstone.c2pa.Validation;
import org.touchstone.c2pa.credential.Signer;
import org.touchstone.c2pa.manifest.Action;
import org.touchstone.c2pa.manifest.Ingredient;
import org.touchstone.c2pa.manifest.ManifestReport;
import org.touchstone.c2pa.status.Code;

/** Content credentials in words for people. */
final class CredentialText {
  private static final String INDENT = "    ";

  private CredentialText() {}

  static String of(String file, Optional<Validation> found, Instant listIssued) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(ResultTable.printable(file));
    if (found.isEmpty()) {
      lines.add("  It has no content credentials. Their absence says nothing.");
      return lines.toString();
    }
    Validation validation = found.get();
    lines.add("  " + sentence(validation));
    for (ManifestReport manifest : validation.manifests()) {
      boolean isActive = manifest == validation.manifests().getFirst();
      lines.add((isActive ? "  This file" : "  Made from: " + name(manifest)) + signedBy(manifest));
      manifest.actions().forEach(action -> lines.add(INDENT + action(action, manifest)));
    }
    if (!validation.failures().isEmpty()) {
      lines.add(
          "  Found: "
              + validation.failures().stream().map(Code::text).collect(Collectors.joining(", ")));
    }
    lines.add("  Judged by C2PA's trust list of " + day(listIssued) + ".");
    return lines.toString();
  }

  private static String sentence(Validation validation) {
    return switch (validation.state()) {
      case TRUSTED ->
          "Its content credentials are sound, and their signer is on C2PA's trust list.";
      case VALID ->
          "Its content credentials are sound, but nobody vouches for their signer: anybody can make"
              + " a certificate in any name.";
      case UNCHECKED ->
          "It has content credentials that could not be checked. " + validation.reason();
      case INVALID -> whyInvalid(validation);
    };
  }

  private static String whyInvalid(Validation validation) {
    if (validation.has(Code.ASSERTION_DATA_HASH_MISMATCH)
        || validation.has(Code.ASSERTION_BMFF_HASH_MISMATCH)
        || validation.has(Code.ASSERTION_BOXES_HASH_MISMATCH)
        || validation.has(Code.ASSERTION_BOXES_HASH_UNKNOWN_BOX)) {
      return "The file was changed after it was signed; saving it again or a platform can do this."
          + " That says nothing about what it shows.";
    }
    if (validation.has(Code.SIGNING_CREDENTIAL_REVOKED)) {
      return "The certificate that signed it was revoked.";
    }
    if (validation.has(Code.SIGNING_CREDENTIAL_EXPIRED)) {
      return "The certificate that signed it has expired, and no time stamp says when it was signed.";
    }
    return "Its content credentials are damaged or forged. That says nothing about what it shows.";
  }

  private static String name(ManifestReport manifest) {
    return ResultTable.printable(manifest.title() == null ? manifest.label() : manifest.title());
  }

  private static String signedBy(ManifestReport manifest) {
    StringBuilder text = new StringBuilder();
    if (!manifest.generators().isEmpty()) {
      text.append(", made with ")
          .append(ResultTable.printable(String.join(", ", manifest.generators())));
    }
    if (manifest.signer() != null) {
      Signer signer = manifest.signer();
      boolean isGenuine = manifest.has(Code.CLAIM_SIGNATURE_VALIDATED);
      text.append(isGenuine ? ", signed by " : ", its signature does not hold; it names ")
          .append(ResultTable.printable(signer.name() == null ? "nobody by name" : signer.name()));
      if (signer.issuer() != null) {
        text.append(" (certificate by ").append(ResultTable.printable(signer.issuer())).append(')');
      }
      if (signer.time() != null) {
        text.append(" on ")
            .append(day(signer.time()))
            .append(
                signer.isTimeTrusted()
                    ? ""
                    : ", as a time stamp authority says that nobody vouches for");
      }
    }
    return text.toString();
  }

  private static String action(Action action, ManifestReport manifest) {
    StringBuilder text = new StringBuilder(String.valueOf(action.name()));
    if (action.sourceType() != null) {
      text.append(": ")
          .append(action.sourceType().substring(action.sourceType().lastIndexOf('/') + 1));
    }
    if (action.softwareAgent() != null) {
      text.append(", by ").append(action.softwareAgent());
    }
    String with =
        manifest.ingredients().stream()
            .filter(ingredient -> action.ingredients().contains(ingredient.label()))
            .map(Ingredient::title)
            .filter(title -> title != null)
            .collect(Collectors.joining(", "));
    if (!with.isEmpty()) {
      text.append(", ").append(with);
    }
    if (action.description() != null) {
      text.append(" (").append(action.description()).append(')');
    }
    return ResultTable.printable(text.toString());
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
