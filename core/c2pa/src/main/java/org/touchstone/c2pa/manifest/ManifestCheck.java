package org.touchstone.c2pa.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.c2pa.binding.HashAlgorithm;
import org.touchstone.c2pa.credential.SignatureCheck;
import org.touchstone.c2pa.credential.Signer;
import org.touchstone.c2pa.jumbf.Cbor;
import org.touchstone.c2pa.jumbf.JumbfBox;
import org.touchstone.c2pa.jumbf.JumbfException;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.Status;
import org.touchstone.c2pa.status.StatusLog;

/**
 * Checks one manifest by itself: its claim, its signature and its assertions, but neither the asset
 * nor its ingredients.
 */
final class ManifestCheck {
  private final Manifest manifest;
  private final Set<JumbfUri> redactions;
  private final StatusLog log = new StatusLog();
  private final List<Action> actions = new ArrayList<>();
  private final List<IngredientAssertion> ingredients = new ArrayList<>();
  private Claim claim;
  private boolean hasAllActions;
  private Optional<Signer> signer = Optional.empty();

  /**
   * @param redactions absolute URIs of the assertions that claims of the store removed
   */
  ManifestCheck(Manifest manifest, Set<JumbfUri> redactions) {
    this.manifest = manifest;
    this.redactions = Set.copyOf(redactions);
  }

  StatusLog log() {
    return log;
  }

  /** The claim; empty when it cannot be read. */
  Optional<Claim> claim() {
    return Optional.ofNullable(claim);
  }

  List<IngredientAssertion> ingredients() {
    return List.copyOf(ingredients);
  }

  /** Whether nothing is wrong with it but, possibly, that nobody vouches for its signer. */
  boolean isSound() {
    return log.has(Code.CLAIM_SIGNATURE_VALIDATED)
        && log.all().stream()
            .filter(Status::isFailure)
            .allMatch(status -> status.code() == Code.SIGNING_CREDENTIAL_UNTRUSTED);
  }

  ManifestReport report() {
    return new ManifestReport(
        manifest.label(),
        claim == null ? 0 : claim.version(),
        manifest.isUpdate(),
        claim == null ? List.of() : claim.generators(),
        claim == null ? null : claim.title(),
        claim == null ? null : claim.format(),
        signer.orElse(null),
        actions,
        hasAllActions,
        ingredients.stream().map(IngredientAssertion::ingredient).toList(),
        List.copyOf(manifest.assertions().keySet()),
        log.all());
  }

  /**
   * Checks it.
   *
   * @throws JumbfException {@linkplain JumbfException#isOverLimit over a limit}
   */
  void run(SignatureCheck signatures, SignatureCheck.Additions additions) throws JumbfException {
    String claimUrl = url("c2pa.claim");
    List<JumbfBox> claims = manifest.claims();
    if (claims.isEmpty()) {
      log.add(Code.CLAIM_MISSING, claimUrl);
      return;
    }
    if (claims.size() > 1) {
      log.add(Code.CLAIM_MULTIPLE, claimUrl);
      return;
    }
    JumbfBox box = claims.getFirst();
    claimUrl = url(box.label());
    Optional<ByteBuffer> bytes = box.content("cbor");
    if (bytes.isEmpty()) {
      log.add(Code.CLAIM_MALFORMED, claimUrl);
      return;
    }
    JsonNode node;
    try {
      node = Cbor.read(bytes.get());
    } catch (JumbfException e) {
      fail(e, Code.CLAIM_CBOR_INVALID, claimUrl);
      return;
    }
    try {
      claim = Claim.of(node, Manifest.version(box));
    } catch (JumbfException e) {
      fail(e, Code.CLAIM_MALFORMED, claimUrl);
      return;
    }
    if (claim.algorithm() == null) {
      log.add(Code.ALGORITHM_UNSUPPORTED, claimUrl, "the claim names no hash algorithm");
    }
    signature(Cbor.bytes(bytes.get()), signatures, additions);
    redactions();
    assertions();
    new ActionRules(claim, manifest, ingredients, log).check(actionAssertions());
    parents();
  }

  private void fail(JumbfException e, Code code, String url) throws JumbfException {
    if (e.isOverLimit()) {
      throw e;
    }
    log.add(code, url, e.getMessage());
  }

  private void signature(
      byte[] claimBytes, SignatureCheck signatures, SignatureCheck.Additions additions) {
    String url = claim.signature().absoluteIn(manifest.label());
    boolean isOwn =
        claim.signature().manifest() == null
            || claim.signature().manifest().equals(manifest.label());
    Optional<ByteBuffer> found =
        isOwn && claim.signature().path().equals(Manifest.SIGNATURE)
            ? manifest.signatureBox().flatMap(box -> box.content("cbor"))
            : Optional.empty();
    if (found.isEmpty()) {
      log.add(Code.CLAIM_SIGNATURE_MISSING, url);
      return;
    }
    signer = signatures.check(found.get(), claimBytes, claim.version(), additions, url, log);
  }

  private void redactions() {
    for (JumbfUri redacted : claim.redacted()) {
      String url = redacted.absoluteIn(manifest.label());
      if (redacted.manifest() == null || redacted.manifest().equals(manifest.label())) {
        log.add(Code.ASSERTION_SELF_REDACTED, url);
      }
      if (Manifest.isOf(redacted.last(), ActionReader.KIND)) {
        log.add(Code.ASSERTION_ACTION_REDACTED, url);
      }
      if (redacted.last().startsWith("c2pa.hash.")) {
        log.add(Code.ASSERTION_DATA_HASH_REDACTED, url);
      }
    }
  }

  private void assertions() throws JumbfException {
    Set<String> undeclared = new HashSet<>(manifest.assertions().keySet());
    Set<String> met = new HashSet<>();
    for (HashedUri reference : claim.references()) {
      String url = reference.uri().absoluteIn(manifest.label());
      String label = reference.uri().last();
      if (!met.add(label)) {
        log.add(Code.CLAIM_MALFORMED, url, "it names an assertion twice");
        continue;
      }
      if (reference.uri().manifest() != null
          && !reference.uri().manifest().equals(manifest.label())) {
        log.add(Code.ASSERTION_OUTSIDE_MANIFEST, url);
        continue;
      }
      undeclared.remove(label);
      JumbfBox box = manifest.assertions().get(label);
      if (redactions.contains(new JumbfUri(manifest.label(), reference.uri().path()))) {
        if (box != null && !Manifest.isZero(box)) {
          log.add(Code.ASSERTION_NOT_REDACTED, url);
        }
        continue;
      }
      if (box == null) {
        log.add(Code.ASSERTION_MISSING, url);
        continue;
      }
      Optional<Boolean> matches = matches(box, reference);
      if (matches.isEmpty()) {
        log.add(Code.ALGORITHM_UNSUPPORTED, url, "hash algorithm");
        continue;
      }
      if (!matches.get() && isOfPrerelease(box, reference)) {
        throw JumbfException.overLimit(
            "they were made by software older than the specification's first version");
      }
      log.add(
          matches.get() ? Code.ASSERTION_HASHED_URI_MATCH : Code.ASSERTION_HASHED_URI_MISMATCH,
          url);
      read(label, box, url);
    }
    undeclared.forEach(label -> log.add(Code.ASSERTION_UNDECLARED, assertionUrl(label)));
    if (manifest.hasTwins()) {
      log.add(Code.ASSERTION_UNDECLARED, url("c2pa.assertions"), "two assertions share a label");
    }
  }

  private void read(String label, JumbfBox box, String url) throws JumbfException {
    if (!Manifest.isOf(label, IngredientAssertion.KIND) || Manifest.isZero(box)) {
      return;
    }
    try {
      ingredients.add(IngredientAssertion.of(label, Manifest.node(box)));
    } catch (JumbfException e) {
      fail(e, Code.ASSERTION_INGREDIENT_MALFORMED, url);
    }
  }

  /** The actions of the claim's assertions, which are kept for the report as well. */
  private List<List<Action>> actionAssertions() throws JumbfException {
    List<List<Action>> all = new ArrayList<>();
    Set<String> met = new HashSet<>();
    for (HashedUri reference : claim.references()) {
      String label = reference.uri().last();
      if (!met.add(label)) {
        continue;
      }
      JumbfBox box = manifest.assertions().get(label);
      if (box == null || !Manifest.isOf(label, ActionReader.KIND) || Manifest.isZero(box)) {
        continue;
      }
      try {
        JsonNode node = Manifest.node(box);
        boolean isCreated = claim.created().contains(reference);
        hasAllActions =
            (all.isEmpty() || hasAllActions)
                && isCreated
                && node.path("allActionsIncluded").asBoolean();
        List<Action> read = ActionReader.read(node, isCreated);
        all.add(read);
        actions.addAll(read);
      } catch (JumbfException e) {
        fail(e, Code.ASSERTION_CBOR_INVALID, assertionUrl(label));
      }
    }
    return all;
  }

  private void parents() {
    long parents = ingredients.stream().filter(i -> i.ingredient().isParent()).count();
    if (!manifest.isUpdate()) {
      if (parents > 1) {
        log.add(Code.MANIFEST_MULTIPLE_PARENTS, url(""));
      }
      return;
    }
    if (parents != 1 || ingredients.size() != 1) {
      log.add(
          parents == 0 ? Code.MANIFEST_UPDATE_WRONG_PARENTS : Code.MANIFEST_UPDATE_INVALID,
          url(""));
    }
    if (!manifest.hardBindings().isEmpty()
        || manifest.assertions().keySet().stream()
            .anyMatch(l -> l.startsWith("c2pa.thumbnail.claim"))
        || actions.stream().anyMatch(action -> !ActionRules.MAY_UPDATE.contains(action.name()))) {
      log.add(Code.MANIFEST_UPDATE_INVALID, url(""));
    }
  }

  /** Whether a box has the hash of a reference; empty when the algorithm is not supported. */
  private Optional<Boolean> matches(JumbfBox box, HashedUri reference) {
    return matches(box.body(), reference, claim.algorithm());
  }

  /** Whether the hash is that of the content alone, as before the specification's version 1.0. */
  private boolean isOfPrerelease(JumbfBox box, HashedUri reference) {
    return claim.version() == 1
        && box.contents().size() == 1
        && matches(box.contents().getFirst().data(), reference, claim.algorithm()).orElse(false);
  }

  static Optional<Boolean> matches(ByteBuffer bytes, HashedUri reference, String otherwise) {
    String name = reference.algorithm() == null ? otherwise : reference.algorithm();
    return HashAlgorithm.of(name)
        .map(
            algorithm -> {
              MessageDigest digest = algorithm.digest();
              digest.update(bytes.duplicate());
              return MessageDigest.isEqual(digest.digest(), reference.hash());
            });
  }

  private String assertionUrl(String label) {
    return url("c2pa.assertions/" + label);
  }

  private String url(String path) {
    return JumbfUri.absolute(manifest.label(), path);
  }
}
