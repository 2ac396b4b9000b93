package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.touchstone.domain.provenance.Credential;
import org.touchstone.domain.provenance.Label;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.domain.provenance.Statement;
import org.touchstone.domain.provenance.Step;
import org.touchstone.domain.provenance.Versions;
import org.touchstone.domain.provenance.Voucher;

/**
 * A medium's own statement about its origin (C2PA, IPTC). It is shown beside the vote and never
 * averaged into it; its absence is not evidence. Provenance that was stored by earlier versions has
 * only the first five parts.
 *
 * @param state how far the claim was checked
 * @param signer who signed the manifest, by the name in the certificate
 * @param generator the software that made the claim
 * @param digitalSourceType IPTC digital source type, the last part of its URI
 * @param claims further statements, each a short sentence; of credentials that were not checked
 * @param problem why credentials prove nothing; absent when they do
 * @param vouchedBy who vouches for the signer; absent without checked credentials
 * @param statements what valid credentials say, with who vouches for it
 * @param chain the story that the credentials tell, the oldest step first
 * @param credentials the medium's own manifest first, then those of what it was made from
 * @param codes failures, by the names of the C2PA specification, each once
 * @param labels labels and traces of generators in the file
 * @param remoteHost the host of credentials that are kept elsewhere and were not fetched
 * @param judgedAt the time by which signatures without a time stamp were judged
 * @param versions what it was judged by
 */
public record Provenance(
    State state,
    String signer,
    String generator,
    String digitalSourceType,
    List<String> claims,
    Problem problem,
    Voucher vouchedBy,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Statement> statements,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Step> chain,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Credential> credentials,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> codes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Label> labels,
    String remoteHost,
    Instant judgedAt,
    Versions versions) {

  public static final Provenance ABSENT = new Provenance(State.ABSENT, null, null, null, List.of());

  public Provenance {
    Objects.requireNonNull(state, "state");
    claims = orEmpty(claims);
    statements = orEmpty(statements);
    chain = orEmpty(chain);
    credentials = orEmpty(credentials);
    codes = orEmpty(codes);
    labels = orEmpty(labels);
  }

  /** A claim that was not checked. */
  public Provenance(
      State state, String signer, String generator, String digitalSourceType, List<String> claims) {
    this(
        state,
        signer,
        generator,
        digitalSourceType,
        claims,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /** Whether its credentials are sound: nothing was changed since they were signed. */
  public boolean hasSoundCredentials() {
    return state == State.VALID_TRUSTED || state == State.VALID_UNTRUSTED;
  }

  /** A copy with a problem; null for none. */
  public Provenance with(Problem newProblem) {
    return new Provenance(
        state,
        signer,
        generator,
        digitalSourceType,
        claims,
        newProblem,
        vouchedBy,
        statements,
        chain,
        credentials,
        codes,
        labels,
        remoteHost,
        judgedAt,
        versions);
  }

  /** A copy with what it was judged by, and when. */
  public Provenance judged(Instant at, Versions by) {
    return new Provenance(
        state,
        signer,
        generator,
        digitalSourceType,
        claims,
        problem,
        vouchedBy,
        statements,
        chain,
        credentials,
        codes,
        labels,
        remoteHost,
        at,
        by);
  }

  /** A copy with labels. */
  public Provenance withLabels(List<Label> newLabels) {
    return new Provenance(
        state,
        signer,
        generator,
        digitalSourceType,
        claims,
        problem,
        vouchedBy,
        statements,
        chain,
        credentials,
        codes,
        newLabels,
        remoteHost,
        judgedAt,
        versions);
  }

  /** Credentials that are kept elsewhere and were not fetched. */
  public static Provenance remote(String host) {
    return new Provenance(
        State.REMOTE,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        host,
        null,
        null);
  }

  /** How far a provenance claim was checked. */
  public enum State {
    @JsonProperty("absent")
    ABSENT,
    /** Credentials are kept at another place, which was not asked. */
    @JsonProperty("remote")
    REMOTE,
    /** A claim is there that is not signed, or could not be checked. */
    @JsonProperty("present-unverified")
    PRESENT_UNVERIFIED,
    /** The credentials do not hold; {@link Provenance#problem} says why. */
    @JsonProperty("invalid")
    INVALID,
    /** The credentials are sound; no list that grants trust vouches for the signer. */
    @JsonProperty("valid-untrusted")
    VALID_UNTRUSTED,
    /** The credentials are sound, and a list that grants trust vouches for the signer. */
    @JsonProperty("valid-trusted")
    VALID_TRUSTED
  }
}
