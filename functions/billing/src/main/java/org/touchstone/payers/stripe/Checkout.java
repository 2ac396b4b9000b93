package org.touchstone.payers.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.payers.http.Calls;

/**
 * What Stripe says of a purchase. A subscription counts only if it has the operator's price for
 * usage: others in the same Stripe account are of other products.
 */
public final class Checkout {
  private static final Pattern SESSION = Pattern.compile("cs_[A-Za-z0-9_]{1,250}");
  private static final Pattern CUSTOMER = Pattern.compile("cus_[A-Za-z0-9]{1,250}");
  private static final Pattern SUBSCRIPTION = Pattern.compile("sub_[A-Za-z0-9_]{1,250}");
  private static final Pattern EVENT = Pattern.compile("evt_[A-Za-z0-9_]{1,250}");
  private static final Set<String> PAID = Set.of("paid", "no_payment_required");
  private static final Set<String> GOES_ON = Set.of("active", "trialing", "past_due");
  private static final int NOT_FOUND = 404;

  private final StripeApi api;
  private final String price;

  /**
   * @param price id of the price for usage
   */
  public Checkout(StripeApi api, String price) {
    this.api = api;
    this.price = price;
  }

  /**
   * A completed purchase.
   *
   * @param customerId who bought
   * @param at when the session began
   */
  public record Purchase(String customerId, Instant at) {}

  /**
   * The purchase of a checkout session.
   *
   * @throws ProblemException when there is no such session, it is not completed and paid, or is of
   *     another product, or nobody can say
   */
  public Purchase purchase(String sessionId) {
    JsonNode session = read("/v1/checkout/sessions/", SESSION, sessionId);
    String customer = session.path("customer").asText("");
    boolean isPaid =
        session.path("status").asText().equals("complete")
            && session.path("mode").asText().equals("subscription")
            && PAID.contains(session.path("payment_status").asText())
            && CUSTOMER.matcher(customer).matches();
    if (!isPaid) {
      throw new ProblemException(ProblemType.PURCHASE_INVALID);
    }
    JsonNode subscription =
        read("/v1/subscriptions/", SUBSCRIPTION, session.path("subscription").asText(""));
    if (!goesOn(subscription) || !customer.equals(subscription.path("customer").asText())) {
      throw new ProblemException(ProblemType.PURCHASE_INVALID);
    }
    return new Purchase(customer, Instant.ofEpochSecond(session.path("created").asLong()));
  }

  /**
   * Whether a customer has a subscription for usage now.
   *
   * @throws ProblemException when nobody can say
   */
  public boolean isSubscribed(String customerId) {
    if (!CUSTOMER.matcher(customerId).matches()) {
      throw new ProblemException(ProblemType.PURCHASE_INVALID);
    }
    JsonNode list =
        answer(
            "/v1/subscriptions",
            Map.of("customer", customerId, "price", price, "status", "all", "limit", "100"));
    for (JsonNode subscription : list.path("data")) {
      if (goesOn(subscription)) {
        return true;
      }
    }
    return false;
  }

  /** An event that only names what it is about, with its data. */
  public JsonNode event(String eventId) {
    return read("/v2/core/events/", EVENT, eventId);
  }

  private boolean goesOn(JsonNode subscription) {
    if (!GOES_ON.contains(subscription.path("status").asText())) {
      return false;
    }
    for (JsonNode item : subscription.at("/items/data")) {
      if (item.at("/price/id").asText().equals(price)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode read(String path, Pattern form, String id) {
    if (id == null || !form.matcher(id).matches()) {
      throw new ProblemException(ProblemType.PURCHASE_INVALID);
    }
    return answer(path + id, Map.of());
  }

  private JsonNode answer(String path, Map<String, String> query) {
    Calls.Answer answer;
    try {
      answer = api.get(path, query);
    } catch (IOException e) {
      throw new ProblemException(ProblemType.PURCHASE_UNAVAILABLE);
    }
    if (answer.status() == NOT_FOUND) {
      throw new ProblemException(ProblemType.PURCHASE_INVALID);
    }
    if (!answer.isOk()) {
      throw new ProblemException(ProblemType.PURCHASE_UNAVAILABLE);
    }
    return answer.body();
  }
}
