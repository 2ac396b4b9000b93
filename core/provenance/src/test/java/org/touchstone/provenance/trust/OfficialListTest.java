package org.touchstone.provenance.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OfficialListTest {
  @Test
  void theBundledListsHaveTheirDatesAndCertificates() {
    TrustLists lists = TrustLists.bundled();

    assertThat(lists.issued()).isEqualTo("2026-08-05T00:11:39Z");
    assertThat(lists.nextUpdate()).isEqualTo("2027-08-05T00:11:39Z");
    assertThat(lists.counts()).isEqualTo(new TrustLists.Counts(30, 22, 97, 5, 153, 0, 0));
  }

  @Test
  void theBundledListsAreOutdatedAfterTheirNextUpdate() {
    TrustLists lists = TrustLists.bundled();

    assertThat(lists.isOutdatedAt(lists.nextUpdate())).isFalse();
    assertThat(lists.isOutdatedAt(lists.nextUpdate().plusSeconds(1))).isTrue();
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
