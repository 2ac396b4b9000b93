package org.touchstone.intake.page;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.AccessRule;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.access.Visitor;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;

/** {@code /account}: who the visitor is here, and what they may do. */
@Path("/account")
public class AccountPage {
  private final AccountStore accounts;
  private final KeyStore keys;
  private final AccessRule rule;
  private final InstantSource clock;
  private final Visitor visitor;
  private final Caller caller;
  private final Gate gate;
  private final Pages pages;

  @Inject
  AccountPage(
      AccountStore accounts,
      KeyStore keys,
      AccessRule rule,
      InstantSource clock,
      Visitor visitor,
      Caller caller,
      Gate gate,
      Pages pages) {
    this.accounts = accounts;
    this.keys = keys;
    this.rule = rule;
    this.clock = clock;
    this.visitor = visitor;
    this.caller = caller;
    this.gate = gate;
    this.pages = pages;
  }

  /** The account; its keys are listed for administrators, without their texts. */
  @GET
  @Page
  public Response show() {
    Optional<Response> stranger = gate.stranger(Scope.READ, "account", "");
    if (stranger.isPresent()) {
      return stranger.get();
    }
    Texts texts = pages.texts();
    Optional<Account> account = accounts.find(caller.accountId());
    List<Scope> may = Arrays.stream(Scope.values()).filter(visitor::may).toList();
    return pages.show(
        PeopleTemplates.account(
            pages.chrome(texts.of("account.title"), true),
            new AccountView(
                caller.accountId(),
                account.map(Account::name).orElse(null),
                account.map(Account::createdAt).map(texts::time).orElse(null),
                rule.isOpen(),
                may.stream().map(scope -> may(scope, texts)).toList(),
                visitor.may(Scope.ADMIN) ? keys(texts) : null)));
  }

  private List<AccountView.Key> keys(Texts texts) {
    Instant now = clock.instant();
    return keys.of(caller.accountId()).stream().map(key -> key(key, texts, now)).toList();
  }

  private static AccountView.Key key(ApiKey key, Texts texts, Instant now) {
    return new AccountView.Key(
        key.id(),
        key.name(),
        may(key.scopes(), texts),
        texts.time(key.createdAt()),
        key.expiresAt() == null ? texts.of("account.keys.never") : texts.time(key.expiresAt()),
        texts.of(key.isValidAt(now) ? "account.keys.valid" : "account.keys.ended"));
  }

  private static String may(Collection<Scope> scopes, Texts texts) {
    return scopes.stream().map(scope -> may(scope, texts)).collect(Collectors.joining("; "));
  }

  private static String may(Scope scope, Texts texts) {
    return texts.of("account.may." + scope.code());
  }
}
