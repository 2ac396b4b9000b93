package org.touchstone.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.c2pa.Validation.State;
import org.touchstone.c2pa.credential.Signer;
import org.touchstone.c2pa.credential.Trust;
import org.touchstone.c2pa.credential.TrustList;
import org.touchstone.c2pa.manifest.Ingredient;
import org.touchstone.c2pa.status.Code;

class C2paValidatorTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final int ES256 = -7;

  private static TestAuthority authority;
  private static TestAuthority.Issued signer;

  @TempDir Path folder;

  @BeforeAll
  static void issue() throws Exception {
    authority = new TestAuthority("Test Authority");
    signer = authority.signer(TestAuthority.ec("secp256r1"));
  }

  private static Trust trust() {
    return new Trust(
        List.of(TrustList.of("official", authority.anchors())),
        TrustList.of("time", authority.anchors()),
        Set.of());
  }

  private Validation validate(byte[] file) throws IOException {
    return find(file, trust()).orElseThrow();
  }

  private Optional<Validation> find(byte[] file, Trust trust) throws IOException {
    Path path = folder.resolve("file");
    Files.write(path, file);
    return new C2paValidator(trust, InstantSource.fixed(NOW)).validate(path);
  }

  private static TestCredential credential() throws Exception {
    return new TestCredential(signer, ES256).created();
  }

  private static byte[] jpeg(UnaryOperator<TestCredential> change) throws Exception {
    return TestFiles.dataHashed(
        TestFiles::jpeg,
        2,
        (label, binding) -> change.apply(credential().assertion(label, binding)).store());
  }

  private static byte[] jpeg() throws Exception {
    return jpeg(credential -> credential);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "webp", "mp4"})
  void trustsASoundCredentialInEachContainer(String container) throws Exception {
    TestFiles.Maker maker = (label, binding) -> credential().assertion(label, binding).store();
    byte[] file =
        switch (container) {
          case "png" -> TestFiles.dataHashed(TestFiles::png, TestFiles.PNG_START, maker);
          case "webp" -> TestFiles.dataHashed(TestFiles::webp, TestFiles.WEBP_START, maker);
          case "mp4" -> TestFiles.bmffHashed(maker);
          default -> TestFiles.dataHashed(TestFiles::jpeg, 2, maker);
        };

    Validation found = validate(file);

    assertThat(found.failures()).isEmpty();
    assertThat(found.state()).isEqualTo(State.TRUSTED);
    assertThat(found.judgedAt()).isEqualTo(NOW);
    Signer who = found.active().orElseThrow().signer();
    assertThat(who.name()).isEqualTo("Test Signer");
    assertThat(who.issuer()).isEqualTo("Test Authority");
    assertThat(who.vouchedBy()).isEqualTo("official");
    assertThat(found.active().orElseThrow().actions().getFirst().name()).isEqualTo("c2pa.created");
  }

  @ParameterizedTest
  @CsvSource({"-7", "-35", "-36", "-37", "-38", "-39", "-8"})
  void verifiesEachAlgorithm(int algorithm) throws Exception {
    KeyPair keys =
        switch (algorithm) {
          case -7 -> TestAuthority.ec("secp256r1");
          case -35 -> TestAuthority.ec("secp384r1");
          case -36 -> TestAuthority.ec("secp521r1");
          case -8 -> TestAuthority.ed25519();
          default -> TestAuthority.rsa();
        };
    TestAuthority.Issued issued = authority.signer(keys);

    Validation found =
        validate(
            TestFiles.dataHashed(
                TestFiles::jpeg,
                2,
                (label, binding) ->
                    new TestCredential(issued, algorithm)
                        .created()
                        .assertion(label, binding)
                        .store()));

    assertThat(found.failures()).isEmpty();
    assertThat(found.state()).isEqualTo(State.TRUSTED);
  }

  @Test
  void anUnknownSignerIsValidAndNotTrusted() throws Exception {
    Validation found = find(jpeg(), Trust.NONE).orElseThrow();

    assertThat(found.state()).isEqualTo(State.VALID);
    assertThat(found.failures()).containsExactly(Code.SIGNING_CREDENTIAL_UNTRUSTED);
    assertThat(found.active().orElseThrow().signer().vouchedBy()).isNull();
  }

  @Test
  void aListThatOnlyKnowsTheSignerGrantsNoTrust() throws Exception {
    TrustList known = new TrustList("known-generators", authority.anchors(), Set.of(), null, false);
    Validation found = find(jpeg(), new Trust(List.of(known), known, Set.of())).orElseThrow();

    assertThat(found.state()).isEqualTo(State.VALID);
    assertThat(found.active().orElseThrow().signer().vouchedBy()).isEqualTo("known-generators");
  }

  @Test
  void aDistrustedCertificateIsNotVouchedForByAnyList() throws Exception {
    Trust distrusting =
        new Trust(
            trust().signers(),
            trust().timeAuthorities(),
            Set.of(Trust.fingerprint(authority.certificate())));

    Validation found = find(jpeg(), distrusting).orElseThrow();

    assertThat(found.state()).isEqualTo(State.VALID);
  }

  @Test
  void aFrozenListVouchesOnlyForSignaturesWithATrustedTimeStampBeforeItsDate() throws Exception {
    TrustList frozen =
        new TrustList(
            "interim", authority.anchors(), Set.of(), Instant.parse("2026-01-01T00:00:00Z"), true);
    Trust trust = new Trust(List.of(frozen), trust().timeAuthorities(), Set.of());
    TestStamp stamps = new TestStamp(authority);

    assertThat(find(jpeg(), trust).orElseThrow().state()).isEqualTo(State.VALID);
    assertThat(
            find(jpeg(c -> c.stamp(stamps.at("2025-12-31T00:00:00Z"))), trust)
                .orElseThrow()
                .state())
        .isEqualTo(State.TRUSTED);
    assertThat(
            find(jpeg(c -> c.stamp(stamps.at("2026-01-02T00:00:00Z"))), trust)
                .orElseThrow()
                .state())
        .isEqualTo(State.VALID);
  }

  @Test
  void saysThatTheFileWasChanged() throws Exception {
    byte[] file = jpeg();
    file[file.length - 5] ^= 1;

    Validation found = validate(file);

    assertThat(found.state()).isEqualTo(State.INVALID);
    assertThat(found.failures()).containsExactly(Code.ASSERTION_DATA_HASH_MISMATCH);
  }

  @Test
  void saysThatAFilmWasChangedOrMoved() throws Exception {
    TestFiles.Maker maker = (label, binding) -> credential().assertion(label, binding).store();
    byte[] changed = TestFiles.bmffHashed(maker);
    changed[changed.length - 1] ^= 1;
    byte[] film = TestFiles.bmffHashed(maker);
    byte[] moved = Arrays.copyOf(film, film.length + 8);
    // A box before the media data moves them.
    int mdat = film.length - 8 - TestFiles.MEDIA.length;
    System.arraycopy(TestCredential.box("free", new byte[0]), 0, moved, mdat, 8);
    System.arraycopy(film, mdat, moved, mdat + 8, film.length - mdat);

    assertThat(validate(changed).failures()).containsExactly(Code.ASSERTION_BMFF_HASH_MISMATCH);
    assertThat(validate(moved).failures()).containsExactly(Code.ASSERTION_BMFF_HASH_MISMATCH);
  }

  @Test
  void saysThatAnAssertionWasChanged() throws Exception {
    byte[] file = jpeg();
    replace(file, "digitalCapture", "digitalCaptore");

    assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_HASHED_URI_MISMATCH);
  }

  @Test
  void saysThatTheClaimOrTheSignatureWasChanged() throws Exception {
    byte[] claim =
        jpeg(
            c ->
                c.claimAfterSigning(
                    bytes -> {
                      byte[] copy = bytes.clone();
                      replace(copy, "xmp:iid:1", "xmp:iid:2");
                      return copy;
                    }));
    byte[] signature =
        jpeg(
            c ->
                c.signature(
                    bytes -> {
                      bytes[5] ^= 1;
                      return bytes;
                    }));

    assertThat(validate(claim).failures()).containsExactly(Code.CLAIM_SIGNATURE_MISMATCH);
    assertThat(validate(signature).failures()).containsExactly(Code.CLAIM_SIGNATURE_MISMATCH);
    assertThat(validate(claim).active().orElseThrow().signer().vouchedBy()).isNull();
  }

  @Test
  void anAttachedPayloadMustBeTheClaim() throws Exception {
    assertThat(validate(jpeg(TestCredential::attached)).state()).isEqualTo(State.TRUSTED);
    byte[] other =
        jpeg(
            c ->
                c.attached()
                    .claimAfterSigning(
                        bytes -> {
                          byte[] copy = bytes.clone();
                          replace(copy, "xmp:iid:1", "xmp:iid:2");
                          return copy;
                        }));

    assertThat(validate(other).failures()).containsExactly(Code.CLAIM_SIGNATURE_MISMATCH);
  }

  @Test
  void anAssertionThatTheClaimDoesNotNameIsReported() throws Exception {
    byte[] file =
        jpeg(
            c -> {
              try {
                return c.undeclared("org.example.note", Map.of("text", "added later"));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_UNDECLARED);
  }

  @Test
  void aCredentialWithoutABindingSaysNothingOfTheFile() throws Exception {
    byte[] file = TestFiles.jpeg(credential().store());

    assertThat(validate(file).failures()).containsExactly(Code.HARD_BINDINGS_MISSING);
  }

  @Test
  void anExclusionThatHidesMoreThanTheStoreIsNoBinding() throws Exception {
    byte[] file =
        TestFiles.dataHashed(
            TestFiles::jpeg, 0, (label, binding) -> credential().assertion(label, binding).store());

    assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_DATA_HASH_MISMATCH);
  }

  @Test
  void anExpiredCertificateCountsOnlyWithATimeStamp() throws Exception {
    TestAuthority.Issued expired =
        authority.issue(
            TestAuthority.ec("secp256r1"),
            KeyPurposeId.id_kp_emailProtection,
            Instant.parse("2025-02-01T00:00:00Z"),
            Instant.parse("2025-03-01T00:00:00Z"));
    TestStamp stamps = new TestStamp(authority);
    TestFiles.Maker without =
        (label, binding) ->
            new TestCredential(expired, ES256).created().assertion(label, binding).store();
    TestFiles.Maker within =
        (label, binding) ->
            new TestCredential(expired, ES256)
                .created()
                .assertion(label, binding)
                .stamp(stamps.at("2025-02-15T00:00:00Z"))
                .store();
    TestFiles.Maker after =
        (label, binding) ->
            new TestCredential(expired, ES256)
                .created()
                .assertion(label, binding)
                .stamp(stamps.at("2025-04-15T00:00:00Z"))
                .store();

    assertThat(validate(TestFiles.dataHashed(TestFiles::jpeg, 2, without)).failures())
        .contains(Code.SIGNING_CREDENTIAL_EXPIRED);
    Validation sound = validate(TestFiles.dataHashed(TestFiles::jpeg, 2, within));
    assertThat(sound.state()).isEqualTo(State.TRUSTED);
    assertThat(sound.active().orElseThrow().signer().time()).isEqualTo("2025-02-15T00:00:00Z");
    assertThat(validate(TestFiles.dataHashed(TestFiles::jpeg, 2, after)).failures())
        .contains(Code.SIGNING_CREDENTIAL_EXPIRED);
  }

  @Test
  void aTimeStampOfAnotherClaimDoesNotCount() throws Exception {
    TestStamp stamps = new TestStamp(authority);

    Validation found =
        validate(jpeg(c -> c.stamp(bytes -> stamps.at("2026-01-01T00:00:00Z").apply(new byte[9]))));

    assertThat(found.has(Code.TIME_STAMP_MISMATCH)).isTrue();
    assertThat(found.active().orElseThrow().signer().time()).isNull();
    assertThat(found.state()).isEqualTo(State.TRUSTED);
  }

  @Test
  void aTimeStampOfAnUnknownAuthorityDoesNotCountInVersion2() throws Exception {
    TestStamp stranger = new TestStamp(new TestAuthority("Stranger"));

    Validation found = validate(jpeg(c -> c.stamp(stranger.at("2026-01-01T00:00:00Z"))));

    assertThat(found.has(Code.TIME_STAMP_UNTRUSTED)).isTrue();
    assertThat(found.active().orElseThrow().signer().time()).isNull();
  }

  @Test
  void aCertificateForAnotherPurposeIsInvalid() throws Exception {
    TestAuthority.Issued server =
        authority.issue(
            TestAuthority.ec("secp256r1"),
            KeyPurposeId.id_kp_serverAuth,
            TestAuthority.FROM,
            TestAuthority.UNTIL);

    Validation found =
        validate(
            TestFiles.dataHashed(
                TestFiles::jpeg,
                2,
                (label, binding) ->
                    new TestCredential(server, ES256).created().assertion(label, binding).store()));

    assertThat(found.failures())
        .containsExactlyInAnyOrder(
            Code.SIGNING_CREDENTIAL_INVALID, Code.SIGNING_CREDENTIAL_UNTRUSTED);
    assertThat(found.state()).isEqualTo(State.INVALID);
  }

  @Test
  void aSelfSignedForgeryOfACameraIsValidForNobody() throws Exception {
    TestAuthority forger = new TestAuthority("Test Authority");
    TestAuthority.Issued forged = forger.signer(TestAuthority.ec("secp256r1"));

    Validation found =
        validate(
            TestFiles.dataHashed(
                TestFiles::jpeg,
                2,
                (label, binding) ->
                    new TestCredential(forged, ES256).created().assertion(label, binding).store()));

    assertThat(found.state()).isEqualTo(State.VALID);
    assertThat(found.active().orElseThrow().signer().vouchedBy()).isNull();
  }

  private static final String PARENT = "urn:c2pa:99999999-2222-3333-4444-555555555555";

  private byte[] withParent(byte[] parent, Object ingredientExtras) throws Exception {
    Map<String, Object> ingredient = new java.util.LinkedHashMap<>();
    ingredient.put("dc:title", "parent.jpg");
    ingredient.put("relationship", "parentOf");
    ingredient.put("c2pa_manifest", TestCredential.reference("self#jumbf=/c2pa/" + PARENT, parent));
    if (ingredientExtras != null) {
      ingredient.put("validationStatus", ingredientExtras);
    }
    return TestFiles.dataHashed(
        TestFiles::jpeg,
        2,
        (label, binding) ->
            new TestCredential(signer, ES256)
                .version1()
                .after(parent)
                .assertion("c2pa.ingredient", ingredient)
                .assertion(label, binding)
                .store());
  }

  private static byte[] parent(UnaryOperator<byte[]> signature) throws Exception {
    return new TestCredential(signer, ES256, PARENT)
        .version1()
        .signature(signature)
        .assertion("c2pa.hash.data", TestFiles.dataHash(2, 300, new byte[32]))
        .manifest();
  }

  @Test
  void followsIngredients() throws Exception {
    Validation found = validate(withParent(parent(s -> s), null));

    assertThat(found.state()).isEqualTo(State.TRUSTED);
    assertThat(found.manifests()).hasSize(2);
    assertThat(found.active().orElseThrow().ingredients())
        .extracting(Ingredient::title, Ingredient::relationship, Ingredient::manifest)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("parent.jpg", "parentOf", PARENT));
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

  @Test
  void aTimeStampOfAStrangerDoesNotBringAnExpiredCertificateBackToTheTrustedOnes()
      throws Exception {
    TestAuthority.Issued expired =
        authority.issue(
            TestAuthority.ec("secp256r1"),
            KeyPurposeId.id_kp_emailProtection,
            Instant.parse("2025-02-01T00:00:00Z"),
            Instant.parse("2025-03-01T00:00:00Z"));
    TestStamp stranger = new TestStamp(new TestAuthority("Stranger"));
    byte[] file =
        TestFiles.dataHashed(
            TestFiles::jpeg,
            2,
            (label, binding) ->
                new TestCredential(expired, ES256)
                    .version1()
                    .assertion(label, binding)
                    .stamp(stranger.at("2025-02-15T00:00:00Z"))
                    .store());

    assertThat(validate(file).state()).isNotEqualTo(State.TRUSTED);
  }

  @Test
  void aStoreInPiecesIsMalformed() throws Exception {
    byte[] file =
        jpeg(
            c -> {
              try {
                return c.assertion("org.example.large", Map.of("bytes", new byte[70_000]));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    int second = 2 + 12 + 60_000;
    byte[] apart = new byte[file.length + 4];
    System.arraycopy(file, 0, apart, 0, second);
    System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 2}, 0, apart, second, 4);
    System.arraycopy(file, second, apart, second + 4, file.length - second);

    assertThat(validate(file).state()).isEqualTo(State.TRUSTED);
    assertThat(validate(apart).failures()).containsExactly(Code.GENERAL_ERROR);
  }

  @Test
  void exclusionsThatPointOutOfTheFileAreNoException() throws Exception {
    for (long offset : new long[] {-10, Long.MAX_VALUE, 1L << 40}) {
      Map<String, Object> binding =
          Map.of(
              "exclusions",
              List.of(
                  Map.of(
                      "xpath",
                      "/uuid",
                      "data",
                      List.of(Map.of("offset", offset, "value", new byte[4])))),
              "alg",
              "sha256",
              "hash",
              new byte[32]);
      byte[] file = TestFiles.mp4(credential().assertion("c2pa.hash.bmff.v2", binding).store());

      assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_BMFF_HASH_MISMATCH);
    }
  }

  @Test
  void anAssertionNamedTwiceBreaksTheClaim() throws Exception {
    byte[] file = jpeg(c -> c.twice("c2pa.actions.v2"));

    assertThat(validate(file).failures()).containsExactly(Code.CLAIM_MALFORMED);
  }

  @Test
  void aClaimOfVersion2BeginsWithCreatedOrOpened() throws Exception {
    byte[] file =
        TestFiles.dataHashed(
            TestFiles::jpeg,
            2,
            (label, binding) ->
                new TestCredential(signer, ES256)
                    .assertion(
                        "c2pa.actions.v2",
                        Map.of("actions", List.of(Map.of("action", "c2pa.color_adjustments"))))
                    .assertion(label, binding)
                    .store());

    assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_ACTION_MALFORMED);
  }

  @Test
  void aFileWithoutCredentialsHasNoResult() throws Exception {
    assertThat(find(TestFiles.jpeg(new byte[0]), trust())).isEmpty();
    assertThat(find(TestFiles.png(new byte[0]), trust())).isEmpty();
    assertThat(find(new byte[0], trust())).isEmpty();
    assertThat(find("plain text, which is no medium".getBytes(), trust())).isEmpty();
  }

  @Test
  void unknownAlgorithmsAndTooManyBoxesAreNotJudged() throws Exception {
    byte[] boxes = new byte[10_001 * 8];
    for (int i = 0; i < boxes.length; i += 8) {
      System.arraycopy(TestCredential.box("free", new byte[0]), 0, boxes, i, 8);
    }
    byte[] store =
        TestCredential.superbox("6332706100110010800000aa00389b71", "c2pa", List.of(boxes));
    byte[] deep = TestCredential.superbox("6332706100110010800000aa00389b71", "x", List.of());
    for (int i = 0; i < 100; i++) {
      deep = TestCredential.superbox("6332706100110010800000aa00389b71", "c2pa", List.of(deep));
    }
    byte[] algorithm = jpeg();
    replace(algorithm, "sha256", "sha666");

    assertThat(validate(TestFiles.png(store)).state()).isEqualTo(State.UNCHECKED);
    assertThat(validate(TestFiles.png(deep)).state()).isEqualTo(State.UNCHECKED);
    assertThat(validate(algorithm).state()).isIn(State.UNCHECKED, State.INVALID);
  }

  @Test
  void neverThrowsOnDamagedFiles() throws Exception {
    List<byte[]> sound =
        List.of(
            jpeg(),
            TestFiles.bmffHashed(
                (label, binding) -> credential().assertion(label, binding).store()),
            withParent(parent(s -> s), null));
    List<String> wrong = new ArrayList<>();
    java.util.random.RandomGenerator random = new java.util.Random(7);
    for (byte[] file : sound) {
      for (int i = 0; i < 300; i++) {
        byte[] damaged = file.clone();
        for (int j = 0; j <= i % 3; j++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        if (i % 5 == 0) {
          damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        Optional<Validation> found = find(damaged, trust());
        boolean isSame = Arrays.equals(damaged, file);
        if (!isSame && found.map(Validation::state).filter(State.TRUSTED::equals).isPresent()) {
          wrong.add(i + " of " + file.length);
        }
      }
    }
    // Padding and headers beside what is signed may change without harm, and nothing else may.
    assertThat(wrong.size()).isLessThan(20);
  }

  static void replace(byte[] bytes, String old, String with) {
    byte[] from = old.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] to = with.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int i = 0; i + from.length <= bytes.length; i++) {
      if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + from.length), from)) {
        System.arraycopy(to, 0, bytes, i, to.length);
        return;
      }
    }
    throw new IllegalArgumentException("not found: " + old);
  }
}
