package org.touchstone.client.model;

import java.time.Instant;
import java.util.List;

/**
 * A medium's provenance.
 *
 * @param state how far the claim was checked
 * @param signer who signed the manifest
 * @param generator the software that made the claim
 * @param digitalSourceType IPTC digital source type, the last part of its URI
 * @param claims further statements, each a short sentence; of credentials that were not checked
 * @param problem why credentials prove nothing; absent when they do. It says nothing about what the
 *     medium shows
 * @param vouchedBy who vouches for the signer; absent without checked credentials
 * @param statements what sound credentials say, with who vouches for it; left out of the JSON when
 *     there is nothing
 * @param chain the story that the credentials tell, the oldest step first; left out of the JSON
 *     when there is none
 * @param credentials the medium's own manifest first, then those of what it was made from; left out
 *     of the JSON when there are none
 * @param codes failures, by the names of the C2PA specification, each once; left out of the JSON
 *     when there are none
 * @param labels labels and traces of generators in the file; left out of the JSON when there are
 *     none
 * @param remoteHost the host of credentials that are kept elsewhere and were not fetched
 * @param judgedAt the time by which signatures without a time stamp were judged; absent in results
 *     of earlier versions
 * @param versions what it was judged by; absent in results of earlier versions
 */
public record MediaProvenance(
    String mediaId,
    ProvenanceState state,
    String signer,
    String generator,
    String digitalSourceType,
    List<String> claims,
    ProvenanceProblem problem,
    Voucher vouchedBy,
    List<SignedStatement> statements,
    List<ProvenanceStep> chain,
    List<Credential> credentials,
    List<String> codes,
    List<ProvenanceLabel> labels,
    String remoteHost,
    Instant judgedAt,
    ProvenanceVersions versions) {
  public MediaProvenance {
    claims = claims == null ? List.of() : List.copyOf(claims);
    statements = statements == null ? List.of() : List.copyOf(statements);
    chain = chain == null ? List.of() : List.copyOf(chain);
    credentials = credentials == null ? List.of() : List.copyOf(credentials);
    codes = codes == null ? List.of() : List.copyOf(codes);
    labels = labels == null ? List.of() : List.copyOf(labels);
  }
}
