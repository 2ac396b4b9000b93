package org.touchstone.infra.config;

import java.util.regex.Pattern;

/** Patterns of names and addresses that several keys hold. */
final class Names {
  static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+){1,3}-\\d");
  static final Pattern ENDPOINT = Pattern.compile("[a-z][a-z0-9]{0,19}");
  static final Pattern DETECTOR = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  static final Pattern HTTPS = Pattern.compile("https://.+");
  static final Pattern IMAGE =
      Pattern.compile(
          "\\d{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9/_.-]+"
              + "(:[A-Za-z0-9_.-]+|@sha256:[0-9a-f]{64})");

  private Names() {}
}
