package org.touchstone.client.model;

import java.util.List;

/**
 * A medium's provenance.
 *
 * @param state how far the claim was checked
 * @param signer who signed the manifest
 * @param generator the software that made the claim
 * @param digitalSourceType IPTC digital source type, the last part of its URI
 * @param claims further statements, each a short sentence
 */
public record MediaProvenance(
    String mediaId,
    ProvenanceState state,
    String signer,
    String generator,
    String digitalSourceType,
    List<String> claims) {
  public MediaProvenance {
    claims = claims == null ? List.of() : List.copyOf(claims);
  }
}
