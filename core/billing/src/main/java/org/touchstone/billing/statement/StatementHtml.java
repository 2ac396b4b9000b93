package org.touchstone.billing.statement;

import org.touchstone.billing.Money;
import org.touchstone.billing.statement.Statement.FreeLine;
import org.touchstone.billing.statement.Statement.LateLine;
import org.touchstone.billing.statement.Statement.Line;
import org.touchstone.billing.statement.Statement.Total;

/** A statement as a page to print: without scripts, pictures or anything from elsewhere. */
public final class StatementHtml {
  private static final String STYLE =
      """
      body{font:11pt/1.4 system-ui,sans-serif;color:#111;background:#fff;max-width:50rem;margin:2rem auto;padding:0 1rem}
      table{border-collapse:collapse;width:100%;margin:1rem 0}
      th,td{border-bottom:1px solid #bbb;padding:.3rem .5rem;text-align:left;overflow-wrap:anywhere}
      td.n,th.n{text-align:right;white-space:nowrap}
      thead{display:table-header-group}
      tr{break-inside:avoid}
      @page{margin:2cm}
      """;

  private StatementHtml() {}

  /** The whole page. */
  public static String of(Statement statement) {
    StringBuilder page = new StringBuilder();
    String title = "Statement " + statement.month();
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(escaped(title))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(escaped(title))
        .append("</h1><p>")
        .append(escaped(statement.accountName()))
        .append("<br>Account ")
        .append(escaped(statement.accountId()))
        .append("<br>")
        .append(
            statement.isClosed()
                ? "Closed at " + statement.closedAt() + "."
                : "Not closed: as of " + statement.madeAt() + ".")
        .append(" Times are in UTC. Analyses: ")
        .append(statement.analyses())
        .append("</p>");
    lines(page, statement);
    free(page, statement);
    late(page, statement);
    page.append("<h2>Total</h2>");
    if (statement.totals().isEmpty()) {
      page.append("<p>Nothing is owed.</p>");
    }
    for (Total total : statement.totals()) {
      page.append("<p><b>")
          .append(Money.decimal(total.micros()))
          .append(' ')
          .append(escaped(total.currency()))
          .append("</b></p>");
    }
    return page.append("</body></html>").toString();
  }

  private static void lines(StringBuilder page, Statement statement) {
    if (statement.lines().isEmpty()) {
      return;
    }
    page.append("<table><thead><tr>");
    head(page, "Kind", "Prices");
    numbers(page, "th", "Media", "Units", "Price of one", "Amount");
    page.append("</tr></thead><tbody>");
    for (Line line : statement.lines()) {
      page.append("<tr>");
      cells(page, Names.of(line.unit()), line.priceVersion());
      numbers(
          page,
          "td",
          String.valueOf(line.media()),
          String.valueOf(line.units()),
          Money.text(line.unitMicros(), line.currency()),
          Money.text(line.micros(), line.currency()));
      page.append("</tr>");
    }
    page.append("</tbody></table>");
  }

  private static void free(StringBuilder page, Statement statement) {
    if (statement.free().isEmpty()) {
      return;
    }
    page.append("<h2>Free</h2><table><thead><tr>");
    head(page, "Kind", "Why");
    numbers(page, "th", "Media");
    page.append("</tr></thead><tbody>");
    for (FreeLine line : statement.free()) {
      page.append("<tr>");
      cells(page, line.modality().code(), Names.of(line.reason()));
      numbers(page, "td", String.valueOf(line.media()));
      page.append("</tr>");
    }
    page.append("</tbody></table>");
  }

  private static void late(StringBuilder page, Statement statement) {
    if (statement.late().isEmpty()) {
      return;
    }
    page.append(
        "<h2>Of the month before</h2><p>Recorded after that month was closed.</p>"
            + "<table><thead><tr>");
    head(page, "Analysis", "Ended at");
    numbers(page, "th", "Amount");
    page.append("</tr></thead><tbody>");
    for (LateLine line : statement.late()) {
      page.append("<tr>");
      cells(page, line.analysisId(), line.at().toString());
      numbers(page, "td", Money.text(line.micros(), line.currency()));
      page.append("</tr>");
    }
    page.append("</tbody></table>");
  }

  private static void head(StringBuilder page, String... names) {
    for (String name : names) {
      page.append("<th>").append(escaped(name)).append("</th>");
    }
  }

  private static void cells(StringBuilder page, String... texts) {
    for (String text : texts) {
      page.append("<td>").append(escaped(text)).append("</td>");
    }
  }

  private static void numbers(StringBuilder page, String tag, String... texts) {
    for (String text : texts) {
      page.append('<')
          .append(tag)
          .append(" class=\"n\">")
          .append(escaped(text))
          .append("</")
          .append(tag)
          .append('>');
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
