package org.touchstone.payers.buying;

import org.touchstone.domain.Problem;

/** The pages that a buyer sees: without scripts, pictures or anything from elsewhere. */
final class Pages {
  private static final String STYLE =
      "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}"
          + "code{display:block;padding:.8rem;background:#eee;color:#111;overflow-wrap:anywhere}";

  private Pages() {}

  /** The account and its key, which is shown here only. */
  static String key(String accountId, String key) {
    return page(
        "Your Touchstone account",
        "<p>Your account is <b>"
            + escaped(accountId)
            + "</b>. This is its first API key. It is shown only now: keep it in a safe"
            + " place.</p><code>"
            + escaped(key)
            + "</code><p>Send it in the header <b>x-api-key</b> of each request. If this page is"
            + " lost, repeat the last step within 15 minutes: another key replaces this one.</p>");
  }

  /** Asks a buyer to press a button, because a page may be loaded ahead by machines. */
  static String welcome(String sessionId) {
    return page(
        "Thank you",
        "<p>Your purchase is complete. The first API key of your account is shown once.</p>"
            + "<form method=\"post\"><input type=\"hidden\" name=\"session_id\" value=\""
            + escaped(sessionId)
            + "\"><button>Show my API key</button></form>");
  }

  static String problem(Problem problem) {
    return page(
        "This did not work",
        "<p>"
            + escaped(problem.detail() == null ? problem.type().title() : problem.detail())
            + "</p><p>Error "
            + escaped(problem.type().code())
            + "</p>");
  }

  private static String page(String title, String body) {
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
        + " content=\"width=device-width\"><title>"
        + escaped(title)
        + "</title><style>"
        + STYLE
        + "</style></head><body><h1>"
        + escaped(title)
        + "</h1>"
        + body
        + "</body></html>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
