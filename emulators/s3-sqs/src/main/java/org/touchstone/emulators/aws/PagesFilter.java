package org.touchstone.emulators.aws;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets web pages that this machine serves send files and read them, as the CORS rule of a
 * deployment's bucket does: PUT, GET and HEAD, with a type. A browser asks first, without a
 * signature; what it then does needs one.
 */
final class PagesFilter implements Filter {
  private static final Pattern OF_THIS_MACHINE =
      Pattern.compile("https?://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  private static final Set<String> METHODS = Set.of("PUT", "GET", "HEAD");
  private static final Set<String> HEADERS = Set.of("content-type");
  private static final String MAX_AGE_SECONDS = "3600";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    String origin = http.getHeader("Origin");
    String method = http.getHeader("Access-Control-Request-Method");
    boolean asksFirst = http.getMethod().equals("OPTIONS") && origin != null && method != null;
    boolean allowed =
        origin != null
            && OF_THIS_MACHINE.matcher(origin).matches()
            && METHODS.contains(asksFirst ? method : http.getMethod());
    if (allowed) {
      answer.setHeader("Access-Control-Allow-Origin", origin);
      answer.setHeader("Access-Control-Expose-Headers", "ETag");
      answer.addHeader("Vary", "Origin");
    }
    if (!asksFirst) {
      chain.doFilter(request, response);
    } else if (allowed && areAllowed(http.getHeader("Access-Control-Request-Headers"))) {
      answer.setHeader("Access-Control-Allow-Methods", method);
      answer.setHeader("Access-Control-Allow-Headers", String.join(", ", HEADERS));
      answer.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
    } else {
      answer.setStatus(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  private static boolean areAllowed(String headers) {
    return headers == null
        || Arrays.stream(headers.split(","))
            .map(header -> header.strip().toLowerCase(Locale.ROOT))
            .allMatch(HEADERS::contains);
  }
}
