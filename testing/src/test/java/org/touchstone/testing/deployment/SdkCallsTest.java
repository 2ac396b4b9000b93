package org.touchstone.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SdkCallsTest {
  private static final String S3 = "software.amazon.awssdk.services.s3.S3Client";

  @Test
  void namesAllActionsThatACallNeeds() {
    assertThat(SdkCalls.permissions(S3, "copyObject")).contains("s3:GetObject", "s3:PutObject");
  }

  @Test
  void needsNothingForWhatStaysInTheProcess() {
    assertThat(SdkCalls.permissions(S3, "close")).isEmpty();
    assertThat(SdkCalls.permissions(S3 + "Builder", "region")).isEmpty();
    assertThat(SdkCalls.permissions("java.net.http.HttpClient", "send")).isEmpty();
  }

  @Test
  void refusesACallThatItDoesNotKnow() {
    assertThatThrownBy(() -> SdkCalls.permissions(S3, "deleteBucket"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("S3Client.deleteBucket");
  }
}
