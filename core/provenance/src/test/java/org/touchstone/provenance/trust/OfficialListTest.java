package org.touchstone.provenance.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OfficialListTest {
  @Test
  void theBundledListsHaveTheirDatesAndCertificates() {
    OfficialList signers = OfficialList.signers();

    assertThat(signers.issued()).isEqualTo("2026-08-05T00:11:39Z");
    assertThat(signers.nextUpdate()).isEqualTo("2027-08-05T00:11:39Z");
    assertThat(signers.certificates()).hasSize(30);
    assertThat(OfficialList.timeAuthorities().certificates()).hasSize(22);
  }

  @Test
  void theBundledListsAreOutdatedAfterTheirNextUpdate() {
    TrustLists lists = TrustLists.bundled();

    assertThat(lists.isOutdatedAt(OfficialList.signers().nextUpdate())).isFalse();
    assertThat(lists.isOutdatedAt(OfficialList.signers().nextUpdate().plusSeconds(1))).isTrue();
    assertThat(lists.trust().signers().getFirst().grantsTrust()).isTrue();
  }

  @Test
  void aListThatTrustsNobodyIsRefused() {
    assertRefused("{}");
    assertRefused("[1]");
    assertRefused("not JSON");
    assertRefused(
        """
        {"LoTE":{"TrustedEntitiesList":[{"TrustedEntityServices":[{"ServiceInformation":{
        "ServiceStatus":"http://c2pa.org/conformance/trust-list/trusted",
        "ServiceDigitalIdentity":{"X509Certificates":[{"val":"AAAA"}]}}}]}]}}
        """);
  }

  private static void assertRefused(String json) {
    assertThatThrownBy(() -> OfficialList.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }
}
