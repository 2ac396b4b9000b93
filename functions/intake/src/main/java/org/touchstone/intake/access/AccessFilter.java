package org.touchstone.intake.access;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.intake.rate.RateShaper;

/**
 * Lets a request through only if its key allows what the called method needs. Where another
 * function's resources are served beside the intake's, they have rules of their own.
 */
public class AccessFilter {
  private static final String API_KEY = "x-api-key";
  private static final String INTAKE = "org.touchstone.intake";

  private final AccessRule rule;
  private final RateShaper rates;
  private final Caller caller;

  public AccessFilter(AccessRule rule, RateShaper rates, Caller caller) {
    this.rule = rule;
    this.rates = rates;
    this.caller = caller;
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
    if (called.getResourceMethod().isAnnotationPresent(Public.class)) {
      rates.admit(Public.class.getSimpleName());
      return;
    }
    Access access =
        rule.isOpen()
            ? rule.everybody()
            : rule.of(
                PresentedKey.of(
                    values(request, API_KEY), values(request, HttpHeaders.AUTHORIZATION)));
    Needs needs = called.getResourceMethod().getAnnotation(Needs.class);
    if (needs == null || !access.allows(needs.value())) {
      throw new ProblemException(ProblemType.KEY_SCOPE);
    }
    caller.is(access);
    rates.admit(access.accountId());
  }

  private static List<String> values(ContainerRequestContext request, String header) {
    return request.getHeaders().getOrDefault(header, List.of());
  }
}
