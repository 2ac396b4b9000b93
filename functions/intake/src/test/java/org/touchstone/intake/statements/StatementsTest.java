package org.touchstone.intake.statements;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.billing.BilledMedium;
import org.touchstone.billing.Ledger;
import org.touchstone.billing.PriceList;
import org.touchstone.billing.Unit;
import org.touchstone.billing.UsageFact;
import org.touchstone.domain.Modality;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.Payer;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.Aws;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;

@QuarkusTest
@QuarkusTestResource(Aws.class)
class StatementsTest {
  private static final PriceList PRICES =
      new PriceList("p1", "USD", 10_000, 50_000, 1, Instant.EPOCH);

  private final String month = YearMonth.now(ZoneOffset.UTC).toString();

  @Inject KeyStore keys;
  @Inject AccountStore accounts;
  @Inject Ledger ledger;

  private Account account;

  @BeforeEach
  void use() {
    account = accounts.open("acme-" + System.nanoTime(), "=cmd|'/c calc'!A1", Instant.now());
    ledger.record(
        UsageFact.of(
            "0".repeat(26),
            account.id(),
            "key",
            Instant.now(),
            PRICES,
            List.of(
                new BilledMedium(
                    null, null, Modality.IMAGE, null, Unit.IMAGE, 1, 10_000, 10_000, null))));
  }

  private RequestSpecification as(String accountId, Scope scope) {
    return given()
        .header(
            "x-api-key",
            keys.create(accountId, "test", Set.of(scope), Instant.now(), null).text().reveal());
  }

  @Test
  void isShownInTheFormThatIsAskedFor() {
    String path = "/v1/statements/" + month;

    Response json = as(account.id(), Scope.READ).get(path);
    Response csv = as(account.id(), Scope.READ).accept("text/csv").get(path);
    Response page = as(account.id(), Scope.READ).accept("text/html,*/*;q=0.8").get(path);
    Response named = as(account.id(), Scope.READ).accept("text/html").get(path + "?format=csv");

    assertThat(json.contentType()).startsWith("application/json");
    assertThat(json.<Integer>path("totals[0].micros")).isEqualTo(10_000);
    assertThat(json.<Object>path("closedAt")).isNull();
    assertThat(csv.contentType()).startsWith("text/csv");
    assertThat(csv.asString()).contains(",\"'=cmd|'/c calc'!A1\",".replace("\"", ""));
    assertThat(csv.header("Content-Disposition")).contains("attachment");
    assertThat(page.contentType()).startsWith("text/html");
    assertThat(page.asString()).contains("0.01 USD");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(named.contentType()).startsWith("text/csv");
  }

  @Test
  void whatIsNotAMonthOrAFormIsRefused() {
    assertProblem(as(account.id(), Scope.READ).get("/v1/statements/2026-13"), 400);
    assertProblem(as(account.id(), Scope.READ).get("/v1/statements/" + month + "?format=pdf"), 400);
    assertProblem(as(account.id(), Scope.READ).get("/v1/statements/1999-01"), 404);
    assertProblem(
        as(account.id(), Scope.READ).accept("image/png").get("/v1/statements/" + month), 406);
    assertProblem(given().get("/v1/statements/" + month), 401);
  }

  @Test
  void othersStatementsAreForAdministrators() {
    String path = "/v1/accounts/" + account.id() + "/statements/";

    assertProblem(as(account.id(), Scope.ANALYSE).get(path + month), 403);
    assertThat(as("local", Scope.ADMIN).get(path + month).<String>path("accountId"))
        .isEqualTo(account.id());
    assertThat(as("local", Scope.ADMIN).get(path).<String>path("statements[0].month"))
        .isEqualTo(month);
    assertProblem(as("local", Scope.ADMIN).get("/v1/accounts/nobody/statements/" + month), 404);
  }

  @Test
  void accountWhoseSubscriptionHasEndedStartsNoAnalysisAndMayRead() {
    Account ended =
        accounts.open(
            "ended-" + System.nanoTime(),
            "Buyer",
            Payer.at(new Payer.Stripe("cus_1"), Instant.now()),
            Instant.now());
    accounts.subscription(ended.id(), true, Instant.now());
    String link = "{\"url\": \"https://example.org/photo.jpg\"}";

    Response refused =
        as(ended.id(), Scope.ANALYSE)
            .contentType("application/json")
            .body(link)
            .post("/v1/analyses");
    assertProblem(refused, 403);
    assertThat(refused.<String>path("code")).isEqualTo("account.ended");
    assertThat(as(ended.id(), Scope.READ).get("/v1/statements").statusCode()).isEqualTo(200);

    accounts.subscription(ended.id(), false, Instant.now().plusSeconds(1));
    assertThat(
            as(ended.id(), Scope.ANALYSE)
                .contentType("application/json")
                .body(link)
                .post("/v1/analyses")
                .statusCode())
        .isEqualTo(202);
  }

  private static void assertProblem(Response answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
  }
}
