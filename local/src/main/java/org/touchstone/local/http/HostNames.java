package org.touchstone.local.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names by which this machine's API may be addressed: those of loopback, and configured ones.
 */
final class HostNames {
  private static final Pattern HOST =
      Pattern.compile("(?<name>\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253})(?::[0-9]{1,5})?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private static final Pattern ORIGIN = Pattern.compile("(?i)https?://([^/]+)");

  private final List<String> configured;

  HostNames(List<String> configured) {
    this.configured =
        configured.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /** Whether a Host header names this machine, with any port: the port may be forwarded. */
  boolean accepts(String host) {
    String name = name(host);
    return LOOPBACK.matcher(name).matches() || configured.contains(name);
  }

  /** Whether a Host header is one of the configured names. */
  boolean isConfigured(String host) {
    return configured.contains(name(host));
  }

  /** Whether an Origin header names a configured host; a page on loopback may be anybody's. */
  boolean isConfiguredOrigin(String origin) {
    Matcher parts = ORIGIN.matcher(origin);
    return parts.matches() && configured.contains(name(parts.group(1)));
  }

  private static String name(String host) {
    Matcher parts = HOST.matcher(host);
    if (!parts.matches()) {
      return "";
    }
    String name = parts.group("name").toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
