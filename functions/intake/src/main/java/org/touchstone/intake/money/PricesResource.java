package org.touchstone.intake.money;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.touchstone.billing.PriceList;
import org.touchstone.billing.PriceStore;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.AuditTrail;
import org.touchstone.intake.access.Needs;
import org.touchstone.intake.request.Refusals;

/** {@code /v1/prices}: the price list that is in force, and those that are to come. */
@Path("/v1/prices")
@Produces(MediaType.APPLICATION_JSON)
public class PricesResource {
  private final PriceStore prices;
  private final AuditTrail audit;

  @Inject
  public PricesResource(PriceStore prices, AuditTrail audit) {
    this.prices = prices;
    this.audit = audit;
  }

  /** The list that is in force, and then those that are to come. */
  @GET
  @Needs(Scope.READ)
  public Prices prices() {
    return new Prices(prices.current());
  }

  /** Publishes a list, which is never changed; publishing it again does nothing. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ADMIN)
  public PriceList publish(NewPrices body) {
    if (body == null
        || body.imageMicros() == null
        || body.videoMinuteMicros() == null
        || body.audioMinuteMicros() == null) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID,
          "Give version, currency, imageMicros, videoMinuteMicros and audioMinuteMicros.");
    }
    try {
      PriceList list =
          prices.publish(
              body.version(),
              body.currency(),
              body.imageMicros(),
              body.videoMinuteMicros(),
              body.audioMinuteMicros(),
              body.from());
      audit.add("prices.published", list.version(), list.text());
      return list;
    } catch (IllegalArgumentException e) {
      throw Refusals.of(e);
    }
  }

  /**
   * Price lists.
   *
   * @param prices the one in force, and then those that are to come
   */
  @RegisterForReflection
  public record Prices(List<PriceList> prices) {}

  /**
   * The body of a request to publish a price list. Amounts are millionths of the currency.
   *
   * @param from since when it is to be in force, at least two minutes from now; absent for as soon
   *     as possible
   */
  @RegisterForReflection
  public record NewPrices(
      String version,
      String currency,
      Long imageMicros,
      Long videoMinuteMicros,
      Long audioMinuteMicros,
      Instant from) {}
}
