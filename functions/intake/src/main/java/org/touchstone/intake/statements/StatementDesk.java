package org.touchstone.intake.statements;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.regex.Pattern;
import org.touchstone.billing.statement.Statement;
import org.touchstone.billing.statement.StatementCsv;
import org.touchstone.billing.statement.StatementHtml;
import org.touchstone.billing.statement.Statements;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Account;
import org.touchstone.storage.AccountStore;

/** Gives statements out in the form that is asked for. All forms are made of one statement. */
@ApplicationScoped
public class StatementDesk {
  static final String CSV = "text/csv";

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Pattern MONTH = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])");

  private final Statements statements;
  private final AccountStore accounts;

  @Inject
  public StatementDesk(Statements statements, AccountStore accounts) {
    this.statements = statements;
    this.accounts = accounts;
  }

  List<Statements.Month> months(String accountId) {
    return statements.months(account(accountId));
  }

  Response statement(String accountId, String month, String format, HttpHeaders headers) {
    MediaType form = form(format, headers);
    if (!MONTH.matcher(month).matches()) {
      throw new ProblemException(ProblemType.REQUEST_INVALID, "A month is written as 2026-11.");
    }
    Statement statement =
        statements
            .find(account(accountId), YearMonth.parse(month), LONGEST)
            .orElseThrow(() -> new ProblemException(ProblemType.STATEMENT_NOT_FOUND));
    Response.ResponseBuilder answer =
        Response.ok(body(statement, form), form).header(HttpHeaders.CACHE_CONTROL, "no-store");
    if (form.isCompatible(MediaType.TEXT_HTML_TYPE)) {
      answer.header(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    } else if (form.getSubtype().equals("csv")) {
      answer.header(
          HttpHeaders.CONTENT_DISPOSITION,
          "attachment; filename=\"touchstone-" + accountId + "-" + month + ".csv\"");
    }
    return answer.build();
  }

  private static Object body(Statement statement, MediaType form) {
    return switch (form.getSubtype()) {
      case "csv" -> StatementCsv.of(statement);
      case "html" -> StatementHtml.of(statement);
      default -> statement;
    };
  }

  private static MediaType form(String format, HttpHeaders headers) {
    if (format != null) {
      return switch (format) {
        case "json" -> MediaType.APPLICATION_JSON_TYPE;
        case "csv" -> csv();
        case "html" -> html();
        default ->
            throw new ProblemException(
                ProblemType.REQUEST_INVALID, "format must be json, csv or html.");
      };
    }
    for (MediaType accepted : headers.getAcceptableMediaTypes()) {
      if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return MediaType.APPLICATION_JSON_TYPE;
      }
      if (accepted.isCompatible(csv())) {
        return csv();
      }
      if (accepted.isCompatible(html())) {
        return html();
      }
    }
    throw new NotAcceptableException();
  }

  private static MediaType csv() {
    return new MediaType("text", "csv", "utf-8");
  }

  private static MediaType html() {
    return new MediaType("text", "html", "utf-8");
  }

  private Account account(String id) {
    return accounts.find(id).orElseThrow(() -> new ProblemException(ProblemType.ACCOUNT_NOT_FOUND));
  }
}
