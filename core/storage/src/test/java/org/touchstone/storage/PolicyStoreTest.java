package org.touchstone.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PolicyStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final byte[] POLICY = "{\"rule\":\"pooled\"}".getBytes(UTF_8);

  private PolicyStore policies;

  @BeforeEach
  void openBucket() {
    policies = new PolicyStore(BUCKET.objects());
  }

  @Test
  void keepsAPolicyPerVersion() {
    policies.save("pooled-2026.1", POLICY);
    policies.save("pooled-2026.1", POLICY);

    assertThat(policies.policy("pooled-2026.1")).contains(POLICY);
    assertThat(policies.policy("pooled-2026.2")).isEmpty();
  }

  @Test
  void neverChangesAVersion() {
    policies.save("pooled-1", POLICY);

    assertThatThrownBy(() -> policies.save("pooled-1", "{}".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pooled-1");
    assertThat(policies.policy("pooled-1")).contains(POLICY);
  }

  @Test
  void knowsNoVersionThatIsNone() {
    for (String bad : List.of("", "..", "../usage", "a/b", "a b")) {
      assertThat(policies.policy(bad)).isEmpty();
      assertThatThrownBy(() -> policies.save(bad, POLICY))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(policies.policy(null)).isEmpty();
  }
}
