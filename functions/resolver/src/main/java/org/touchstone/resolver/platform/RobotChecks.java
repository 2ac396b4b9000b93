package org.touchstone.resolver.platform;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises answers that only test whether a browser or a person asks. They are small pages
 * without a description of themselves, and carry the marks of the product that made them.
 */
final class RobotChecks {
  private static final int MAX_BYTES = 512 * 1024;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Each line: all texts of one mark. */
  private static final List<List<String>> MARKS =
      List.of(
          // TikTok
          List.of("id=\"wci\"", "id=\"cs\""),
          List.of("slardarwaf"),
          // Reddit
          List.of("js_challenge"),
          List.of("name=\"solution\"", "name=\"token\""),
          List.of("you've been blocked by network security"),
          // Cloudflare
          List.of("_cf_chl_opt"),
          List.of("__cf_chl_"),
          List.of("cf-challenge"),
          // DataDome, PerimeterX, Imperva, Akamai, AWS, Anubis, Kasada, Google
          List.of("captcha-delivery.com/"),
          List.of("px-captcha"),
          List.of("id=\"main-iframe\"", "_incapsula_resource"),
          List.of("bm-verify="),
          List.of("gokuprops"),
          List.of("anubis_challenge"),
          List.of("kpsdk"),
          List.of("id=\"captcha-form\""));

  private static final Pattern TITLE = Pattern.compile("<title[^>]{0,200}>([^<]{0,200})</title");

  private static final Pattern MEANS_ONE =
      Pattern.compile(
          "just a moment.*|attention required.*|one moment, please.*|please wait\\b.*"
              + "|(?:.* )?are you (?:a )?(?:robot|human|bot).*|robot check|security check.*"
              + "|(?:human|bot) verification.*|verify(?:ing)? (?:that )?you(?:'re| are) (?:a )?human.*"
              + "|making sure you(?:'re| are) not a (?:bot|robot).*|pardon our interruption.*"
              + "|ddos-guard.*|client challenge|.*security checkpoint.*|captcha.*|access to this page"
              + " has been denied.*|checking your browser.*|(?:reddit - )?prove your humanity.*");

  private RobotChecks() {}

  /** Whether the answer is such a check. */
  static boolean isOne(Reply reply) {
    if ("challenge".equals(reply.header("cf-mitigated"))
        || reply.header("x-amzn-waf-action") != null) {
      return true;
    }
    if (reply.status() == TOO_MANY_REQUESTS || reply.status() / 100 == 3 || !isPage(reply.body())) {
      return false;
    }
    String page =
        new String(
                reply.body(), 0, Math.min(reply.body().length, MAX_BYTES), StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT);
    if (page.contains("\"og:") || page.contains("'og:")) {
      return false;
    }
    Matcher title = TITLE.matcher(page);
    return (title.find() && MEANS_ONE.matcher(title.group(1).strip()).matches())
        || (reply.body().length < MAX_BYTES
            && MARKS.stream().anyMatch(mark -> mark.stream().allMatch(page::contains)));
  }

  private static boolean isPage(byte[] body) {
    int at = 0;
    while (at < body.length && (body[at] <= ' ' || body[at] == (byte) 0xFE)) {
      at++;
    }
    return at < body.length && body[at] == '<';
  }
}
