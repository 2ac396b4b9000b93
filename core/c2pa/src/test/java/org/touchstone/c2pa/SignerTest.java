package org.touchstone.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.touchstone.c2pa.Validation.State;
import org.touchstone.c2pa.credential.Trust;
import org.touchstone.c2pa.credential.TrustList;
import org.touchstone.c2pa.status.Code;

/** Who signed, and who vouches for them. */
class SignerTest extends ValidatorScene {
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

  private Validation withStatus(byte[] status) throws Exception {
    return validate(
        jpeg(
            c ->
                c.issuer(authority.certificate())
                    .header(Map.of("rVals", Map.of("ocspVals", List.of(status))))));
  }

  @Test
  void aRevokedCertificateIsNotTrusted() throws Exception {
    byte[] revoked =
        authority.status(
            signer.certificate(), NOW.minusSeconds(1), NOW.minusSeconds(60), NOW.plusSeconds(60));

    assertThat(withStatus(revoked).failures()).containsExactly(Code.SIGNING_CREDENTIAL_REVOKED);
    assertThat(withStatus(revoked).state()).isEqualTo(State.INVALID);
  }

  @Test
  void aCertificateThatWasRevokedAfterItSignedCounts() throws Exception {
    byte[] good =
        authority.status(signer.certificate(), null, NOW.minusSeconds(60), NOW.plusSeconds(60));
    byte[] later =
        authority.status(
            signer.certificate(), NOW.plusSeconds(1), NOW.minusSeconds(60), NOW.plusSeconds(60));

    for (byte[] status : List.of(good, later)) {
      Validation found = withStatus(status);
      assertThat(found.has(Code.SIGNING_CREDENTIAL_OCSP_NOT_REVOKED)).isTrue();
      assertThat(found.state()).isEqualTo(State.TRUSTED);
    }
  }

  @Test
  void aStatusThatRanOutOrThatAStrangerMadeDoesNotCount() throws Exception {
    Instant longAgo = NOW.minusSeconds(100_000);
    byte[] old = authority.status(signer.certificate(), null, longAgo.minusSeconds(60), longAgo);
    byte[] forged =
        new TestAuthority("Test Authority")
            .status(
                signer.certificate(),
                authority.certificate(),
                NOW.minusSeconds(1),
                NOW.minusSeconds(60),
                NOW.plusSeconds(60));

    for (byte[] status : List.of(old, forged, new byte[] {1, 2, 3})) {
      Validation found = withStatus(status);
      assertThat(found.has(Code.SIGNING_CREDENTIAL_OCSP_SKIPPED)).isTrue();
      assertThat(found.state()).isEqualTo(State.TRUSTED);
    }
  }
}
