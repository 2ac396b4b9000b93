package org.touchstone.payers;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.billing.Ledger;
import org.touchstone.payers.buying.BuyingDesk;
import org.touchstone.payers.buying.FirstKeys;
import org.touchstone.payers.buying.Purchases;
import org.touchstone.payers.buying.StripeEvents;
import org.touchstone.payers.export.ExportBooks;
import org.touchstone.payers.export.MeterExport;
import org.touchstone.payers.export.MeterExporter;
import org.touchstone.payers.export.Sealing;
import org.touchstone.payers.marketplace.Buyers;
import org.touchstone.payers.marketplace.MarketplaceExporter;
import org.touchstone.payers.marketplace.MeteringApi;
import org.touchstone.payers.stripe.Checkout;
import org.touchstone.payers.stripe.StripeApi;
import org.touchstone.payers.stripe.StripeExporter;
import org.touchstone.secrets.SecretSource;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.ObjectStore;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Wires buying and exports. Configuration: {@link PayersConfig}. */
@ApplicationScoped
public class PayersBeans {
  private static final URI STRIPE = URI.create("https://api.stripe.com");
  private static final String SECRET = "stripe";

  /** The start of the environment variables that hold secrets on one machine. */
  private static final String VARIABLE = "TOUCHSTONE_BILLING_";

  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final PayersConfig config;
  private final Optional<Sold> sold;

  PayersBeans(PayersConfig config) {
    this.config = config;
    this.sold = config.sold().map(Sold::read);
  }

  @Produces
  @Singleton
  MeterExport export(
      AccountStore accounts, ObjectStore objects, Ledger ledger, InstantSource clock) {
    ExportBooks books = new ExportBooks(objects);
    return new MeterExport(accounts, books, new Sealing(ledger, books), clock);
  }

  @Produces
  @Singleton
  Exporters exporters(InstantSource clock) {
    List<MeterExporter> exporters = new ArrayList<>();
    sold.map(Sold::marketplace)
        .ifPresent(
            product ->
                exporters.add(
                    new MarketplaceExporter(
                        metering(product),
                        product.dimension(),
                        product.unitMicros(),
                        sold.get().currency())));
    sold.map(Sold::stripe)
        .ifPresent(
            product ->
                exporters.add(
                    new StripeExporter(
                        stripe(),
                        new StripeExporter.Meter(
                            product.meter(),
                            product.eventName(),
                            product.unitMicros(),
                            sold.get().currency()),
                        clock)));
    return new Exporters(exporters);
  }

  @Produces
  @Singleton
  BuyingDesk desk(
      Purchases purchases,
      KeyStore keys,
      ObjectStore objects,
      MeterExport export,
      Exporters exporters,
      InstantSource clock) {
    return new BuyingDesk(
        sold.map(Sold::marketplace)
            .map(product -> new Buyers(metering(product), product.productCode())),
        sold.map(Sold::stripe)
            .map(
                product -> {
                  StripeApi api = stripe();
                  Checkout checkout = new Checkout(api, product.price());
                  return new BuyingDesk.Stripe(
                      checkout,
                      new StripeEvents(
                          api,
                          checkout,
                          purchases,
                          (identifier, code) ->
                              exporters
                                  .named("stripe")
                                  .ifPresent(e -> export.refused(e, identifier, code)),
                          clock));
                }),
        purchases,
        new FirstKeys(objects, keys),
        clock);
  }

  private MeteringApi metering(Sold.Marketplace product) {
    return new MeteringApi(
        http,
        DefaultCredentialsProvider.builder().build(),
        product.region(),
        config.marketplaceEndpoint().orElse(null));
  }

  private StripeApi stripe() {
    SecretSource secrets =
        config
            .secretsPrefix()
            .map(SecretSource::inSecretsManager)
            .orElseGet(
                () ->
                    SecretSource.onThisMachine(
                        VARIABLE, config.secretsFile().orElse(null), System::getenv));
    return new StripeApi(http, config.stripeEndpoint().orElse(STRIPE), () -> secrets.find(SECRET));
  }
}
