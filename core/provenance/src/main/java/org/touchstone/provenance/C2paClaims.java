package org.touchstone.provenance;

import java.util.List;

/**
 * The claims of a C2PA manifest. They are not verified: neither the signature nor the hashes.
 *
 * @param generator the software that made the claim, or null
 * @param signer the subject of the signing certificate, or null
 * @param sourceTypes IPTC digital source types of the actions on this medium itself, the last part
 *     of their URIs
 * @param agents software named by those actions
 * @param parentSourceTypes the source types of the media it was edited from: its parent, the
 *     parent's parent and so on
 * @param ingredientSourceTypes the source types of all other ingredients
 * @param actions names of the actions, such as {@code c2pa.created}
 * @param readable whether the manifest could be read at all
 */
public record C2paClaims(
    String generator,
    String signer,
    List<String> sourceTypes,
    List<String> agents,
    List<String> parentSourceTypes,
    List<String> ingredientSourceTypes,
    List<String> actions,
    boolean readable) {

  public C2paClaims {
    sourceTypes = List.copyOf(sourceTypes);
    agents = List.copyOf(agents);
    parentSourceTypes = List.copyOf(parentSourceTypes);
    ingredientSourceTypes = List.copyOf(ingredientSourceTypes);
    actions = List.copyOf(actions);
  }

  /** A manifest that cannot be read. */
  static C2paClaims unreadable() {
    return new C2paClaims(null, null, List.of(), List.of(), List.of(), List.of(), List.of(), false);
  }

  void addTo(RawMetadata out) {
    sourceTypes.forEach(type -> out.text("c2pa", "digitalSourceType", type));
    agents.forEach(agent -> out.text("c2pa", "softwareAgent", agent));
    parentSourceTypes.forEach(type -> out.text("c2pa", "parentDigitalSourceType", type));
    ingredientSourceTypes.forEach(t -> out.text("c2pa", "ingredientDigitalSourceType", t));
    if (generator != null) {
      out.text("c2pa", "claimGenerator", generator);
    }
    if (signer != null) {
      out.text("c2pa", "signer", signer);
    }
  }
}
