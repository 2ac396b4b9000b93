package org.touchstone.infra.buying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.config.ConfigException;
import org.touchstone.infra.config.ConfigReader;

@NeedsNode
class BuyingTest {
  @Test
  void nothingIsSoldByDefault() {
    assertThat(DEFAULT.properties("AWS::Lambda::Function").toString())
        .doesNotContain("BILLING_SOLD");
    assertThat(DEFAULT.properties("AWS::SQS::Queue").toString()).doesNotContain("marketplace");
  }

  @Test
  void functionsAreGivenWhatIsSoldAndTheNameOfTheSecret() {
    JsonNode variables = FULL.function("export").get("Environment").get("Variables");

    assertThat(Deployment.json(variables.get("TOUCHSTONE_BILLING_SOLD").asText()))
        .isEqualTo(
            Deployment.json(
                """
                {"currency": "EUR",
                 "marketplace": {"productCode": "4tqproduct", "dimension": "usage", "unitMicros": 1000},
                 "stripe": {"meter": "mtr_1", "eventName": "touchstone_usage", "unitMicros": 10000, "price": "price_1"}}
                """));
    assertThat(variables.get("TOUCHSTONE_BILLING_SECRETS_PREFIX").asText())
        .isEqualTo("org/billing/");
    assertThat(FULL.properties("AWS::SecretsManager::Secret"))
        .extracting(secret -> secret.get("Name").asText())
        .contains("org/billing/stripe");
  }

  @Test
  void exportRunsSoonAfterEachHourAndHasAlarms() {
    assertThat(FULL.properties("AWS::Events::Rule").toString()).contains("cron(5/15 * * * ? *)");
    assertThat(FULL.properties("AWS::CloudWatch::Alarm").toString())
        .contains("has not run for an hour", "Usage was not told");
  }

  @Test
  void noticesComeFromAwsMarketplaceOnly() {
    assertThat(FULL.properties("AWS::SQS::Queue").toString())
        .contains("org-marketplace-notices", "org-marketplace-notices-dead-letters");
    assertThat(FULL.properties("AWS::SQS::QueuePolicy").toString())
        .contains("aws-mp-subscription-notification-4tqproduct");
    assertThat(FULL.properties("AWS::Events::Rule").toString())
        .contains("License Deprovisioned - Manufacturer", "4tqproduct");
  }

  @Test
  void whatIsSoldIsChecked() {
    for (String wrong :
        new String[] {
          "billing: {currency: USD}",
          "billing: {marketplace: {dimension: usage, unitMicros: 1000}}",
          "billing: {marketplace: {productCode: p, dimension: usage, unitMicros: 0}}",
          "billing: {stripe: {meter: m, eventName: e, unitMicros: 1, price: price_1}}"
        }) {
      assertThatThrownBy(() -> ConfigReader.parse(wrong))
          .as(wrong)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("billing");
    }
  }
}
