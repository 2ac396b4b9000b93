package org.touchstone.payers.buying;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.KeyText;
import org.touchstone.payers.export.Exports;
import org.touchstone.payers.marketplace.Buyers;
import org.touchstone.payers.marketplace.MeteringApi;
import org.touchstone.payers.stripe.Checkout;
import org.touchstone.payers.stripe.StripeSigning;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.KeyStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What buyers and Stripe call, against services on loopback. */
class BuyingTest {
  private static final String LICENCE = "arn:aws:license-manager::123456789012:license:l-0a1b";
  private static final String BUYER = "210987654321";
  private static final String SESSION = "cs_test_1";

  private final List<String> refusals = new ArrayList<>();
  private Exports exports;
  private KeyStore keys;
  private BuyingHandler handler;

  @BeforeEach
  void open() {
    exports = new Exports();
    keys = new KeyStore(exports.objects, new SecureRandom());
    Purchases purchases = new Purchases(exports.accounts, new AuditLog(exports.objects));
    Checkout checkout = new Checkout(exports.stripeApi(), "price_1");
    handler =
        new BuyingHandler(
            new BuyingDesk(
                Optional.of(
                    new Buyers(
                        new MeteringApi(
                            exports.http,
                            StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "s")),
                            "us-east-1",
                            exports.marketplace.endpoint()),
                        "prod")),
                Optional.of(
                    new BuyingDesk.Stripe(
                        checkout,
                        new StripeEvents(
                            exports.stripeApi(),
                            checkout,
                            purchases,
                            (identifier, code) -> refusals.add(identifier + " " + code),
                            exports.clock))),
                purchases,
                new FirstKeys(exports.objects, keys),
                exports.clock));
    exports.marketplace.token("token-1", BUYER, LICENCE, "prod", "cust-1");
    stripeHas("active", "complete", "price_1");
  }

  @AfterEach
  void close() {
    exports.close();
  }

  private void stripeHas(String subscription, String session, String price) {
    String object =
        """
        {"id": "sub_1", "customer": "cus_1", "status": "%s",
         "items": {"data": [{"price": {"id": "%s"}}]}}
        """
            .formatted(subscription, price);
    exports.stripe.put("/v1/subscriptions/sub_1", object);
    exports.stripe.put("/v1/subscriptions", "{\"data\": [" + object + "]}");
    exports.stripe.put(
        "/v1/checkout/sessions/" + SESSION,
        """
        {"id": "%s", "mode": "subscription", "status": "%s", "payment_status": "paid",
         "customer": "cus_1", "subscription": "sub_1", "created": %d}
        """
            .formatted(SESSION, session, Exports.SINCE.getEpochSecond()));
  }

  private APIGatewayProxyResponseEvent post(String path, String field, String value) {
    return handler.handleRequest(
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("POST")
            .withResource(path)
            .withHeaders(Map.of("Accept", "text/html,*/*"))
            .withBody("a=b&" + field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)),
        null);
  }

  private APIGatewayProxyResponseEvent register(String token) {
    return post("/v1/marketplace/register", "x-amzn-marketplace-token", token);
  }

  private APIGatewayProxyResponseEvent welcome(String session) {
    return post("/v1/stripe/welcome", "session_id", session);
  }

  private APIGatewayProxyResponseEvent event(String body, Map<String, String> headers) {
    return handler.handleRequest(
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("POST")
            .withResource("/v1/stripe/events")
            .withHeaders(headers)
            .withBody(body),
        null);
  }

  private APIGatewayProxyResponseEvent signed(String body) {
    return event(
        body,
        Map.of("stripe-signature", StripeSigning.header("whsec_1", body, exports.clock.instant())));
  }

  private ApiKey shownKey(APIGatewayProxyResponseEvent answer) {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
    assertThat(answer.getHeaders()).containsEntry("Cache-Control", "no-store");
    Matcher text = KeyText.PATTERN.matcher(answer.getBody());
    assertThat(text.find()).isTrue();
    return keys.find(KeyText.parse(text.group()).orElseThrow()).orElseThrow();
  }

  private void assertRefused(APIGatewayProxyResponseEvent answer, int status, String code) {
    assertThat(answer.getStatusCode()).isEqualTo(status);
    assertThat(answer.getBody()).contains(code);
    assertThat(KeyText.PATTERN.matcher(answer.getBody()).find()).isFalse();
  }

  @Test
  void buyerOnAwsMarketplaceGetsAnAccountAndItsFirstKeyOnce() {
    ApiKey key = shownKey(register("token-1"));

    Account account = exports.accounts.find(key.accountId()).orElseThrow();
    assertThat(account.payer().marketplace().customerAwsAccountId()).isEqualTo(BUYER);
    assertThat(account.payer().marketplace().licenseArn()).isEqualTo(LICENCE);
    exports.clock.on(FirstKeys.AGAIN);
    assertRefused(register("token-1"), 409, "purchase.repeated");
    exports.marketplace.token("token-2", BUYER, LICENCE, "prod", "cust-1");
    assertRefused(register("token-2"), 409, "purchase.repeated");
    assertThat(exports.accounts.all()).hasSize(1);
  }

  @Test
  void pageThatDidNotArriveIsReplacedWithItsKey() {
    ApiKey first = shownKey(register("token-1"));
    exports.clock.on(FirstKeys.AGAIN.minusSeconds(1));

    ApiKey second = shownKey(register("token-1"));

    assertThat(second.accountId()).isEqualTo(first.accountId());
    assertThat(keys.find(first.id()).orElseThrow().revokedAt()).isNotNull();
    assertThat(keys.find(second.id()).orElseThrow().revokedAt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1})
  void ofTwoRequestsAtOnceOneShowsAKeyThatHolds(long secondsLater) {
    FirstKeys other = new FirstKeys(exports.objects, keys);
    Instant now = exports.clock.instant();
    List<KeyText> shown = new ArrayList<>();
    SecureRandom interrupted =
        new SecureRandom() {
          private boolean isInterrupted;

          @Override
          public int nextInt(int bound) {
            interrupt();
            return super.nextInt(bound);
          }

          @Override
          public void nextBytes(byte[] bytes) {
            interrupt();
            super.nextBytes(bytes);
          }

          /** The other request does all it does while the first one makes its key. */
          private void interrupt() {
            if (!isInterrupted) {
              isInterrupted = true;
              shown.add(other.show("account", "proof", now.plusSeconds(secondsLater)));
            }
          }
        };

    try {
      shown.add(
          new FirstKeys(exports.objects, new KeyStore(exports.objects, interrupted))
              .show("account", "proof", now));
    } catch (ProblemException e) {
      assertThat(e.problem().type()).isEqualTo(ProblemType.PURCHASE_UNAVAILABLE);
    }

    assertThat(keys.of("account")).hasSize(2);
    assertThat(keys.of("account").stream().filter(key -> key.isValidAt(now)))
        .singleElement()
        .isEqualTo(keys.find(shown.getLast()).orElseThrow());
  }

  @Test
  void falseAndOldTokensAreRefusedByType() {
    exports.marketplace.token("other", BUYER, LICENCE, "another-product", "cust-1");

    assertRefused(register("forged"), 400, "purchase.invalid");
    assertRefused(register(""), 400, "purchase.invalid");
    assertRefused(register("x".repeat(9000)), 400, "purchase.invalid");
    assertRefused(register("expired-1"), 410, "purchase.expired");
    assertRefused(register("other"), 400, "purchase.invalid");
    exports.marketplace.close();
    assertRefused(register("token-1"), 503, "purchase.unavailable");
    assertThat(exports.accounts.all()).isEmpty();
  }

  @Test
  void whoBuysAgainAfterTheEndGetsTheAccountBack() {
    String accountId = shownKey(register("token-1")).accountId();
    exports.clock.on(Duration.ofDays(1));
    exports.accounts.subscription(accountId, true, exports.clock.instant());
    String next = LICENCE.replace("l-0a1b", "l-2c3d");
    exports.marketplace.token("token-2", BUYER, next, "prod", "cust-1");

    assertRefused(register("token-2"), 409, "purchase.repeated");

    Account account = exports.accounts.find(accountId).orElseThrow();
    assertThat(account.endedAt()).isNull();
    assertThat(account.payer().marketplace().licenseArn()).isEqualTo(next);
    assertThat(exports.accounts.all()).hasSize(1);
  }

  @Test
  void secondLicenceOfABuyerIsAnotherAccount() {
    String first = shownKey(register("token-1")).accountId();
    exports.marketplace.token(
        "token-2", BUYER, LICENCE.replace("l-0a1b", "l-2c3d"), "prod", "cust-1");

    assertThat(shownKey(register("token-2")).accountId()).isNotEqualTo(first);
  }

  @Test
  void customerOfStripeGetsTheKeyByTheSessionAndOnlyOnRequest() {
    APIGatewayProxyResponseEvent page =
        handler.handleRequest(
            new APIGatewayProxyRequestEvent()
                .withHttpMethod("GET")
                .withResource("/v1/stripe/welcome")
                .withQueryStringParameters(Map.of("session_id", SESSION + "\"><script>")),
            null);
    assertThat(page.getBody()).contains("<button>").doesNotContain("<script>");
    assertThat(exports.accounts.all()).isEmpty();

    ApiKey key = shownKey(welcome(SESSION));

    Account account = exports.accounts.find(key.accountId()).orElseThrow();
    assertThat(account.payer().stripe().customerId()).isEqualTo("cus_1");
    exports.clock.on(FirstKeys.AGAIN);
    assertRefused(welcome(SESSION), 409, "purchase.repeated");
    exports.clock.on(Duration.ofDays(1));
    assertRefused(welcome(SESSION), 410, "purchase.expired");
  }

  @Test
  void sessionThatIsFalseUnpaidOrOfAnotherProductGivesNoKey() {
    assertRefused(welcome("cs_test_2"), 400, "purchase.invalid");
    assertRefused(welcome("../../customers/cus_1"), 400, "purchase.invalid");
    stripeHas("active", "open", "price_1");
    assertRefused(welcome(SESSION), 400, "purchase.invalid");
    stripeHas("active", "complete", "price_of_another_product");
    assertRefused(welcome(SESSION), 400, "purchase.invalid");
    assertThat(exports.accounts.all()).isEmpty();
  }

  @Test
  void completedSessionMakesAnAccountHoweverOftenItIsTold() {
    String event =
        "{\"type\": \"checkout.session.completed\", \"data\": {\"object\": {\"id\": \"%s\"}}}"
            .formatted(SESSION);

    assertThat(signed(event).getStatusCode()).isEqualTo(200);
    assertThat(signed(event).getStatusCode()).isEqualTo(200);

    assertThat(exports.accounts.all()).hasSize(1);
    shownKey(welcome(SESSION));
    assertThat(exports.accounts.all()).hasSize(1);
  }

  @Test
  void eventThatStripeDidNotSignIsRefused() {
    String event = "{\"type\": \"customer.subscription.deleted\"}";
    Instant now = exports.clock.instant();

    assertThat(event(event, Map.of()).getStatusCode()).isEqualTo(400);
    for (String header :
        List.of(
            StripeSigning.header("whsec_2", event, now),
            StripeSigning.header("whsec_1", event + " ", now),
            StripeSigning.header("whsec_1", event, now.minusSeconds(301)),
            StripeSigning.header("whsec_1", event, now).replace("v1", "v0"),
            "t=,v1=",
            "t=99999999999999999999,v1=00",
            "x".repeat(5000))) {
      APIGatewayProxyResponseEvent answer = event(event, Map.of("Stripe-Signature", header));
      assertThat(answer.getStatusCode()).as(header).isEqualTo(400);
      assertThat(answer.getBody()).contains("signature.invalid");
    }
    String other = "{\"type\": \"invoice.paid\"}";
    assertThat(
            event(
                    other,
                    Map.of(
                        "Stripe-Signature",
                        StripeSigning.header("whsec_1", other, now).replace(",v1=", ",v1=00,v1=")))
                .getStatusCode())
        .as("while a secret is replaced")
        .isEqualTo(200);
  }

  @Test
  void endedSubscriptionEndsTheAccountAndARenewedOneBringsItBack() {
    String accountId = shownKey(welcome(SESSION)).accountId();
    String event =
        "{\"type\": \"customer.subscription.%s\", \"data\": {\"object\": {\"customer\":"
            + " \"cus_1\"}}}";
    stripeHas("canceled", "complete", "price_1");
    exports.clock.on(Duration.ofSeconds(1));

    signed(event.formatted("deleted"));
    assertThat(exports.accounts.find(accountId).orElseThrow().endedAt()).isNotNull();
    // An older event that arrives late says what holds now.
    exports.clock.on(Duration.ofSeconds(1));
    signed(event.formatted("created"));
    assertThat(exports.accounts.find(accountId).orElseThrow().endedAt()).isNotNull();
    stripeHas("active", "complete", "price_1");
    exports.clock.on(Duration.ofSeconds(1));
    signed(event.formatted("updated"));
    assertThat(exports.accounts.find(accountId).orElseThrow().endedAt()).isNull();
  }

  @Test
  void recordsThatStripeRefusedLaterAreNamed() {
    exports.stripe.put(
        "/v2/core/events/evt_1",
        """
        {"id": "evt_1", "data": {"reason": {"error_types": [
          {"code": "meter_event_customer_not_found",
           "sample_errors": [{"request": {"identifier": "touchstone-a-3600"}}]}]}}}
        """);

    signed("{\"type\": \"v1.billing.meter.error_report_triggered\", \"id\": \"evt_1\"}");

    assertThat(refusals).containsExactly("touchstone-a-3600 meter_event_customer_not_found");
  }

  @Test
  void whatCannotBeReadIsRefused() {
    assertThat(signed("[]").getStatusCode()).isEqualTo(400);
    assertThat(signed("{\"type\": \"invoice.paid\"}").getStatusCode()).isEqualTo(200);
    APIGatewayProxyResponseEvent form =
        handler.handleRequest(
            new APIGatewayProxyRequestEvent()
                .withHttpMethod("POST")
                .withResource("/v1/marketplace/register")
                .withBody("%zz=%"),
            null);
    assertThat(form.getStatusCode()).isEqualTo(400);
    assertThat(form.getHeaders()).containsEntry("Content-Type", "application/problem+json");
    APIGatewayProxyResponseEvent base64 =
        handler.handleRequest(
            new APIGatewayProxyRequestEvent()
                .withHttpMethod("POST")
                .withResource("/v1/marketplace/register")
                .withIsBase64Encoded(true)
                .withBody("***"),
            null);
    assertThat(base64.getStatusCode()).isEqualTo(400);
  }
}
