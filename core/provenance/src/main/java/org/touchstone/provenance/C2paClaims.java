package org.touchstone.provenance;

import java.util.List;

/**
 * What a C2PA manifest claims. Nothing of it is checked: neither signature nor hashes.
 *
 * @param generator the software that made the claim, or null
 * @param signer the subject of the signing certificate, or null
 * @param sourceTypes IPTC digital source types of the actions on this very medium, the last part of
 *     their URIs
 * @param agents software named by those actions
 * @param parentSourceTypes the source types of what the medium was made of by editing: its parent,
 *     the parent's parent and so on
 * @param ingredientSourceTypes the source types of all else that went into the medium
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
