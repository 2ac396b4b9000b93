package org.touchstone.provenance.credentials;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.C2paValidator;
import org.touchstone.c2pa.Validation;
import org.touchstone.c2pa.credential.Signer;
import org.touchstone.c2pa.manifest.ManifestReport;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.Status;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Provenance.State;
import org.touchstone.domain.provenance.Credential;
import org.touchstone.domain.provenance.CredentialSignature;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.domain.provenance.Statement;
import org.touchstone.domain.provenance.Step;
import org.touchstone.provenance.trust.ConformingProducts.Product;
import org.touchstone.provenance.trust.TrustLists;

/** Validates the content credentials of files by lists of those who vouch. Thread-safe. */
public final class CredentialReader {
  /** Changes with every change of how credentials are read. */
  public static final String VERSION = "c2pa-1";

  private static final int MAX_CREDENTIALS = 50;
  private static final int MAX_CODES = 50;

  private final TrustLists lists;
  private final C2paValidator validator;

  /**
   * @param clock the time at which signatures without a time stamp are judged
   */
  public CredentialReader(TrustLists lists, InstantSource clock) {
    this.lists = lists;
    this.validator = new C2paValidator(lists.trust(), clock);
  }

  /** The lists by which it judges. */
  public TrustLists lists() {
    return lists;
  }

  /**
   * Validates a file's credentials.
   *
   * @param file the whole file
   * @return empty without credentials, or for a kind of file that is not supported
   * @throws IOException when the file cannot be read
   */
  public Optional<Validation> validate(Path file) throws IOException {
    return validator.validate(file);
  }

  /** What a validation means, without versions and labels. */
  public Provenance provenance(Validation validation) {
    Lineage lineage = Lineage.of(validation);
    Optional<ManifestReport> active = validation.active();
    Optional<Signer> signer = active.map(ManifestReport::signer);
    State state = state(validation);
    boolean sound = state == State.VALID_TRUSTED || state == State.VALID_UNTRUSTED;
    List<Statement> statements = sound ? Signals.of(lineage, lists) : List.of();
    List<ManifestReport> kept = validation.manifests().stream().limit(MAX_CREDENTIALS).toList();
    List<Step> chain = Story.of(kept);
    return new Provenance(
        state,
        signer.map(Signer::name).orElse(null),
        active.flatMap(manifest -> manifest.generators().stream().findFirst()).orElse(null),
        sourceType(active),
        validation.reason() == null ? List.of() : List.of(validation.reason()),
        problem(validation),
        signer.map(Signer::vouchedBy).map(lists::voucher).orElse(lists.voucher(null)),
        statements.stream().filter(said -> said.credential() < kept.size()).toList(),
        chain,
        kept.stream().map(this::credential).toList(),
        Problems.codes(validation),
        null,
        null,
        validation.judgedAt(),
        null);
  }

  private static State state(Validation validation) {
    return switch (validation.state()) {
      case INVALID -> State.INVALID;
      case VALID -> State.VALID_UNTRUSTED;
      case TRUSTED -> State.VALID_TRUSTED;
      case UNCHECKED -> State.PRESENT_UNVERIFIED;
    };
  }

  private static Problem problem(Validation validation) {
    return switch (validation.state()) {
      case INVALID -> Problems.of(validation);
      case UNCHECKED -> Problem.UNSUPPORTED;
      case VALID, TRUSTED -> null;
    };
  }

  private static String sourceType(Optional<ManifestReport> active) {
    return active.stream()
        .flatMap(manifest -> manifest.actions().stream())
        .filter(action -> action.sourceType() != null)
        .map(action -> Terms.lastPart(action.sourceType()))
        .findFirst()
        .orElse(null);
  }

  private Credential credential(ManifestReport manifest) {
    List<String> codes = new ArrayList<>();
    manifest.statuses().stream()
        .map(Status::code)
        .map(Code::text)
        .distinct()
        .limit(MAX_CODES)
        .forEach(codes::add);
    return new Credential(
        manifest.label(),
        manifest.title(),
        manifest.format(),
        manifest.generators(),
        manifest.signer() == null
            ? null
            : signature(manifest.signer(), manifest.has(Code.CLAIM_SIGNATURE_VALIDATED)),
        codes);
  }

  private CredentialSignature signature(Signer signer, boolean genuine) {
    return new CredentialSignature(
        genuine,
        signer.name(),
        signer.issuer(),
        signer.serial().toString(16),
        signer.fingerprint(),
        signer.notBefore(),
        signer.notAfter(),
        signer.algorithm().name(),
        signer.time(),
        signer.timeAuthority(),
        signer.isTimeTrusted(),
        lists.voucher(signer.vouchedBy()),
        lists.entry(signer.vouchedBy()).orElse(null),
        signer.assuranceLevel(),
        lists.products().find(signer.productRecord()).map(Product::name).orElse(null));
  }
}
