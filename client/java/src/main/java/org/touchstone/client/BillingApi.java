package org.touchstone.client;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.AccountCaps;
import org.touchstone.client.model.Caps;
import org.touchstone.client.model.Month;
import org.touchstone.client.model.Months;
import org.touchstone.client.model.NewPrices;
import org.touchstone.client.model.PriceList;
import org.touchstone.client.model.Prices;
import org.touchstone.client.model.Statement;
import org.touchstone.client.model.Usage;

/**
 * Usage, prices, caps and statements. Money is in micros, millionths of its currency. What names an
 * account or changes something needs the scope admin.
 */
public final class BillingApi {
  private static final String PRICES = "/v1/prices";
  private static final String STATEMENTS = "/v1/statements";
  private static final String ACCOUNTS = "/v1/accounts/";

  private final Transport transport;

  BillingApi(Transport transport) {
    this.transport = transport;
  }

  /**
   * What the account used.
   *
   * @param from the first day, in UTC; null for the server's default
   * @param to the last day, in UTC; null for the server's default
   */
  public CompletableFuture<Usage> usage(LocalDate from, LocalDate to) {
    String path = new Call.Query().add("from", from).add("to", to).on("/v1/usage");
    return transport.send(Call.get(path), Usage.class);
  }

  /** The price lists. */
  public CompletableFuture<List<PriceList>> prices() {
    return transport.send(Call.get(PRICES), Prices.class).thenApply(Prices::prices);
  }

  public CompletableFuture<PriceList> publishPrices(NewPrices prices) {
    return transport.send(Call.put(PRICES, prices), PriceList.class);
  }

  /** An account's caps, and what of them is used. */
  public CompletableFuture<AccountCaps> caps(String accountId) {
    return transport.send(Call.get(capsOf(accountId)), AccountCaps.class);
  }

  /** Sets an account's caps; those that are null are none. */
  public CompletableFuture<AccountCaps> setCaps(String accountId, Caps caps) {
    return transport.send(Call.put(capsOf(accountId), caps), AccountCaps.class);
  }

  private static String capsOf(String accountId) {
    return ACCOUNTS + Call.part(accountId) + "/caps";
  }

  /** The months that have a statement, newest first. */
  public CompletableFuture<List<Month>> statements() {
    return months(STATEMENTS);
  }

  /** The months in which an account has a statement, newest first. */
  public CompletableFuture<List<Month>> statementsOf(String accountId) {
    return months(of(accountId));
  }

  private CompletableFuture<List<Month>> months(String path) {
    return transport.send(Call.get(path), Months.class).thenApply(Months::statements);
  }

  /** What the account used in a month and owes for it. */
  public CompletableFuture<Statement> statement(YearMonth month) {
    return transport.send(
        Call.get(statement(STATEMENTS, month, StatementFormat.JSON)), Statement.class);
  }

  /** The same as a text, to be stored or printed. */
  public CompletableFuture<String> statement(YearMonth month, StatementFormat format) {
    return text(statement(STATEMENTS, month, format));
  }

  /** What an account used in a month and owes for it. */
  public CompletableFuture<Statement> statementOf(String accountId, YearMonth month) {
    return transport.send(
        Call.get(statement(of(accountId), month, StatementFormat.JSON)), Statement.class);
  }

  /** The same as a text, to be stored or printed. */
  public CompletableFuture<String> statementOf(
      String accountId, YearMonth month, StatementFormat format) {
    return text(statement(of(accountId), month, format));
  }

  private static String of(String accountId) {
    return ACCOUNTS + Call.part(accountId) + "/statements";
  }

  private static String statement(String path, YearMonth month, StatementFormat format) {
    return new Call.Query().add("format", format.code()).on(path + "/" + month);
  }

  private CompletableFuture<String> text(String path) {
    return transport
        .send(Call.get(path).with("Accept", "*/*"))
        .thenApply(answer -> new String(answer.body(), StandardCharsets.UTF_8));
  }
}
