package org.touchstone.intake.page;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Visitor;

/** Lets visitors see a page or change something only if they may. */
@Singleton
final class Gate {
  private final Visitor visitor;

  @Inject
  Gate(Visitor visitor) {
    this.visitor = visitor;
  }

  /**
   * The answer that leads a stranger to sign in.
   *
   * @param here the page's address relative to the first page, to come back to
   * @param root the way from the page to the first page, such as {@code ../}
   * @return empty for somebody who may see the page
   * @throws ProblemException {@link ProblemType#KEY_SCOPE} for somebody who signed in and may not
   */
  Optional<Response> stranger(Scope scope, String here, String root) {
    if (visitor.access().isPresent()) {
      need(scope);
      return Optional.empty();
    }
    String next = Pages.isAddress(here) ? "?next=" + here : "";
    return Optional.of(Pages.goTo(root + "signin" + next).build());
  }

  /**
   * Lets those through who may do this.
   *
   * @throws ProblemException {@link ProblemType#KEY_MISSING} for a stranger, {@link
   *     ProblemType#KEY_SCOPE} for somebody who may not
   */
  void need(Scope scope) {
    if (visitor.access().isEmpty()) {
      throw new ProblemException(ProblemType.KEY_MISSING);
    }
    if (!visitor.may(scope)) {
      throw new ProblemException(ProblemType.KEY_SCOPE);
    }
  }

  /**
   * Lets a form of our own pages through, of somebody who may do this.
   *
   * @param csrf what the form sent along
   */
  void change(Scope scope, String csrf) {
    need(scope);
    visitor.check(csrf);
  }
}
