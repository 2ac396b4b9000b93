package org.touchstone.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.touchstone.c2pa.Validation.State;
import org.touchstone.c2pa.manifest.Ingredient;
import org.touchstone.c2pa.status.Code;

/** What a file was made from. */
class IngredientTest extends ValidatorScene {
  @Test
  void followsIngredients() throws Exception {
    Validation found = validate(withParent(parent(s -> s), null));

    assertThat(found.state()).isEqualTo(State.TRUSTED);
    assertThat(found.manifests()).hasSize(2);
    assertThat(found.active().orElseThrow().ingredients())
        .extracting(Ingredient::title, Ingredient::relationship, Ingredient::manifest)
        .containsExactly(Tuple.tuple("parent.jpg", "parentOf", PARENT));
  }

  @Test
  void anIngredientsFaultCountsUnlessItsUserKnewOfIt() throws Exception {
    UnaryOperator<byte[]> broken =
        signature -> {
          signature[3] ^= 1;
          return signature;
        };
    byte[] parent = parent(broken);
    Object known =
        List.of(
            Map.of(
                "code",
                "claimSignature.mismatch",
                "url",
                "self#jumbf=/c2pa/" + PARENT + "/c2pa.signature"));

    assertThat(validate(withParent(parent, null)).state()).isEqualTo(State.INVALID);
    assertThat(validate(withParent(parent, known)).state()).isEqualTo(State.TRUSTED);
  }

  @Test
  void anIngredientThatWasSwappedIsReported() throws Exception {
    byte[] file = withParent(parent(s -> s), null);
    replace(file, "xmp:iid:1", "xmp:iid:3");

    assertThat(validate(file).failures())
        .contains(Code.INGREDIENT_MANIFEST_MISMATCH, Code.CLAIM_SIGNATURE_MISMATCH);
  }

  @Test
  void aCircleOfIngredientsEnds() throws Exception {
    Map<String, Object> itself =
        Map.of(
            "relationship",
            "componentOf",
            "c2pa_manifest",
            Map.of("url", "self#jumbf=/c2pa/" + TestCredential.LABEL, "hash", new byte[32]));
    byte[] file =
        TestFiles.dataHashed(
            TestFiles::jpeg,
            2,
            (label, binding) ->
                new TestCredential(signer, ES256)
                    .version1()
                    .assertion("c2pa.ingredient", itself)
                    .assertion(label, binding)
                    .store());

    assertThat(validate(file).failures()).containsExactly(Code.INGREDIENT_MANIFEST_MISMATCH);
  }

  @Test
  void aManifestThatSomebodyAddedCannotRemoveAnythingFromTheActiveOne() throws Exception {
    TestAuthority.Issued forger = new TestAuthority("Forger").signer(TestAuthority.ec("secp256r1"));
    byte[] added =
        new TestCredential(forger, ES256, PARENT)
            .version1()
            .redacting("self#jumbf=/c2pa/" + TestCredential.LABEL + "/c2pa.assertions/c2pa.actions")
            .manifest();
    byte[] file =
        TestFiles.dataHashed(
            TestFiles::jpeg,
            2,
            (label, binding) ->
                new TestCredential(signer, ES256)
                    .version1()
                    .after(added)
                    .assertion("c2pa.actions", Map.of("actions", List.of()))
                    .without("c2pa.actions")
                    .assertion(label, binding)
                    .store());

    assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_MISSING);
  }

  @Test
  void whatABrokenIngredientSaysItKnewHidesNothing() throws Exception {
    Map<String, Object> excuse =
        Map.of(
            "relationship",
            "componentOf",
            "validationStatus",
            List.of(Map.of("code", "claimSignature.mismatch")));
    byte[] parent =
        new TestCredential(signer, ES256, PARENT)
            .version1()
            .signature(
                signature -> {
                  signature[3] ^= 1;
                  return signature;
                })
            .assertion("c2pa.ingredient", excuse)
            .assertion("c2pa.hash.data", TestFiles.dataHash(2, 300, new byte[32]))
            .manifest();

    assertThat(validate(withParent(parent, null)).failures())
        .contains(Code.CLAIM_SIGNATURE_MISMATCH);
  }

  private static final String SECRET = "org.example.secret";

  /** A parent of which its user says that an assertion was removed. */
  private byte[] redacted(boolean isRemoved) throws Exception {
    TestCredential parent =
        new TestCredential(signer, ES256, PARENT)
            .version1()
            .assertion(SECRET, Map.of("where", "at home"))
            .assertion("c2pa.hash.data", TestFiles.dataHash(2, 300, new byte[32]));
    Map<String, Object> ingredient =
        Map.of(
            "relationship",
            "parentOf",
            "c2pa_manifest",
            TestCredential.reference("self#jumbf=/c2pa/" + PARENT, parent.manifest()));
    byte[] stored = isRemoved ? parent.without(SECRET).manifest() : parent.manifest();
    return TestFiles.dataHashed(
        TestFiles::jpeg,
        2,
        (label, binding) ->
            new TestCredential(signer, ES256)
                .version1()
                .after(stored)
                .redacting("self#jumbf=/c2pa/" + PARENT + "/c2pa.assertions/" + SECRET)
                .assertion("c2pa.ingredient", ingredient)
                .assertion(label, binding)
                .store());
  }

  @Test
  void theUserOfAnIngredientMayRemoveAnAssertionFromIt() throws Exception {
    assertThat(validate(redacted(true)).failures()).isEmpty();
    assertThat(validate(redacted(true)).state()).isEqualTo(State.TRUSTED);
    assertThat(validate(redacted(false)).failures()).containsExactly(Code.ASSERTION_NOT_REDACTED);
  }

  /** A picture whose store an update manifest was added to. */
  private static byte[] updated(TestCredential.Change change) throws Exception {
    AtomicReference<byte[]> first = new AtomicReference<>();
    TestFiles.dataHashed(
        TestFiles::jpeg,
        2,
        (label, binding) -> {
          first.set(credential().assertion(label, binding).manifest());
          return TestCredential.storeOf(first.get());
        });
    TestCredential update = change.apply(new TestCredential(signer, ES256, UPDATE).update());
    return TestFiles.jpeg(
        TestCredential.storeOf(
            first.get(), update.assertion(V3, parentOf(first.get())).manifest()));
  }

  private static final String UPDATE = "urn:c2pa:77777777-2222-3333-4444-555555555555";
  private static final String V3 = "c2pa.ingredient.v3";

  private static Map<String, Object> parentOf(byte[] manifest) throws Exception {
    return Map.of(
        "relationship",
        "parentOf",
        "activeManifest",
        TestCredential.reference("self#jumbf=/c2pa/" + TestCredential.LABEL, manifest),
        "validationResults",
        Map.of());
  }

  @Test
  void anUpdateKeepsTheBindingOfWhatItUpdates() throws Exception {
    byte[] sound = updated(c -> c);
    byte[] changed = sound.clone();
    replace(changed, "picture data", "picture date");

    assertThat(validate(sound).failures()).isEmpty();
    assertThat(validate(sound).state()).isEqualTo(State.TRUSTED);
    assertThat(validate(changed).failures()).containsExactly(Code.ASSERTION_DATA_HASH_MISMATCH);
  }

  @Test
  void anUpdateBindsNothingItself() throws Exception {
    byte[] file =
        updated(c -> c.assertion("c2pa.hash.data", TestFiles.dataHash(2, 300, new byte[32])));

    assertThat(validate(file).failures()).containsExactly(Code.MANIFEST_UPDATE_INVALID);
  }
}
