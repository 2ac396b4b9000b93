package org.touchstone.provenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;

/**
 * Summarises a medium's claims about its own origin, from C2PA or otherwise from IPTC. Signatures
 * are not checked, so the strongest result is that a claim is present.
 */
public final class ProvenanceReader {

  /** The provenance, or {@link Provenance#ABSENT} without a claim. */
  public Provenance read(MediaMetadata metadata) {
    Optional<String> iptcType = metadata.first(XmpText.SOURCE, SourceTypes.PROPERTY);
    return metadata
        .c2pa()
        .map(claims -> c2pa(claims, iptcType))
        .or(() -> iptcType.map(type -> iptc(metadata, type)))
        .orElse(Provenance.ABSENT);
  }

  private static Provenance c2pa(C2paClaims claims, Optional<String> iptcType) {
    List<String> sentences = new ArrayList<>();
    if (!claims.readable()) {
      sentences.add("There is a C2PA manifest that cannot be read.");
    }
    claims.actions().forEach(action -> sentences.add("Action: " + action));
    claims.agents().forEach(agent -> sentences.add("Software: " + agent));
    claims
        .parentSourceTypes()
        .forEach(type -> sentences.add("It was edited from a medium of type " + type + "."));
    claims
        .ingredientSourceTypes()
        .forEach(type -> sentences.add("One of its ingredients is of type " + type + "."));
    return new Provenance(
        State.PRESENT_UNVERIFIED,
        claims.signer(),
        claims.generator(),
        claims.sourceTypes().stream().findFirst().or(() -> iptcType).orElse(null),
        sentences);
  }

  private static Provenance iptc(MediaMetadata metadata, String type) {
    String tool = metadata.first(XmpText.SOURCE, "CreatorTool").orElse(null);
    List<String> claims = new ArrayList<>();
    claims.add("The digital source type comes from XMP, which is not signed.");
    metadata.first(XmpText.SOURCE, "Credit").ifPresent(c -> claims.add("Credit: " + c));
    return new Provenance(State.PRESENT_UNVERIFIED, null, tool, type, claims);
  }
}
