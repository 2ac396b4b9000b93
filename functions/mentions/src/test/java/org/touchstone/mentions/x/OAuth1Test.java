package org.touchstone.mentions.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OAuth1Test {
  /** The example of X's page "Creating a signature"; its keys are worthless. */
  private static final OAuth1 EXAMPLE =
      new OAuth1(
          "xvz1evFS4wEEPTGEFPHBog",
          "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
          "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
          "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE");

  private static final String NONCE = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg";
  private static final long SECONDS = 1_318_622_958;

  @Test
  void signsTheDocumentedExample() {
    assertThat(
            EXAMPLE.header(
                "POST",
                "https://api.x.com/1.1/statuses/update.json",
                Map.of(
                    "include_entities",
                    "true",
                    "status",
                    "Hello Ladies + Gentlemen, a signed OAuth request!"),
                Map.of(),
                NONCE,
                SECONDS))
        .startsWith("OAuth oauth_consumer_key=\"xvz1evFS4wEEPTGEFPHBog\", ")
        .contains("oauth_signature=\"Ls93hJiZbQ3akF3HF3x1Bz8%2FzU4%3D\"");
  }

  @Test
  void signsTheExampleOfTheOldAddressToo() {
    Map<String, String> all = new TreeMap<>();
    all.put("include_entities", "true");
    all.put("oauth_consumer_key", EXAMPLE.consumerKey());
    all.put("oauth_nonce", NONCE);
    all.put("oauth_signature_method", "HMAC-SHA1");
    all.put("oauth_timestamp", Long.toString(SECONDS));
    all.put("oauth_token", EXAMPLE.token());
    all.put("oauth_version", "1.0");
    all.put("status", "Hello Ladies + Gentlemen, a signed OAuth request!");

    assertThat(
            EXAMPLE.sign(
                OAuth1.base("POST", "https://api.twitter.com/1.1/statuses/update.json", all)))
        .isEqualTo("hCtSmYh+iHYCEqBWrE7C7hYmtUk=");
  }

  @Test
  void showsNoSecret() {
    assertThat(EXAMPLE.toString()).isEqualTo("OAuth1");
  }
}
