package org.touchstone.intake.access;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.intake.rate.RateShaper;

/**
 * Lets a request through only if its key, or the session of a person who signed in by one, allows
 * what the called method needs. Where another function's resources are served beside the intake's,
 * they have rules of their own.
 */
public class AccessFilter {
  private static final String API_KEY = "x-api-key";
  private static final String CSRF = "x-csrf-token";
  private static final String INTAKE = "org.touchstone.intake";
  private static final String SITE = "Sec-Fetch-Site";

  /** Our own pages, and what a person does in the browser itself. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  /** Those who need no key share one rate. */
  private static final String STRANGERS = "strangers";

  private final AccessRule rule;
  private final RateShaper rates;
  private final Caller caller;
  private final Visitor visitor;

  public AccessFilter(AccessRule rule, RateShaper rates, Caller caller, Visitor visitor) {
    this.rule = rule;
    this.rates = rates;
    this.caller = caller;
    this.visitor = visitor;
  }

  /**
   * @throws ProblemException when the key is missing, not valid, or may not be used for this, or
   *     its account makes too many requests
   */
  @ServerRequestFilter
  public void check(ContainerRequestContext request, ResourceInfo called) {
    if (!called.getResourceClass().getPackageName().startsWith(INTAKE)) {
      return;
    }
    Method method = called.getResourceMethod();
    if (method.isAnnotationPresent(Public.class)) {
      rates.admit(STRANGERS);
      return;
    }
    if (method.isAnnotationPresent(Page.class)) {
      refuseOtherSites(request);
      visitor.is(request.getCookies());
      visitor.access().ifPresent(caller::is);
      rates.admit(visitor.access().map(Access::accountId).orElse(STRANGERS));
      return;
    }
    Access access = access(request);
    Needs needs = method.getAnnotation(Needs.class);
    if (needs == null || !access.allows(needs.value())) {
      throw new ProblemException(ProblemType.KEY_SCOPE);
    }
    caller.is(access);
    rates.admit(access.accountId());
  }

  /**
   * Forms are sent by our own pages only, also where nobody has to sign in and no session's text
   * tells: browsers say from which site a request comes.
   */
  private static void refuseOtherSites(ContainerRequestContext request) {
    String site = request.getHeaderString(SITE);
    if (!SAFE.contains(request.getMethod()) && site != null && !OWN_SITES.contains(site)) {
      throw new ProblemException(ProblemType.SIGN_IN_REFUSED);
    }
  }

  private Access access(ContainerRequestContext request) {
    if (rule.isOpen()) {
      return rule.everybody();
    }
    List<String> keys = values(request, API_KEY);
    List<String> authorizations = values(request, HttpHeaders.AUTHORIZATION);
    if (keys.isEmpty() && authorizations.isEmpty()) {
      visitor.is(request.getCookies());
      if (visitor.access().isPresent()) {
        if (!SAFE.contains(request.getMethod())) {
          visitor.check(request.getHeaderString(CSRF));
        }
        return visitor.access().get();
      }
    }
    return rule.of(PresentedKey.of(keys, authorizations));
  }

  private static List<String> values(ContainerRequestContext request, String header) {
    return request.getHeaders().getOrDefault(header, List.of());
  }
}
