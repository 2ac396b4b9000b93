package org.touchstone.intake;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.storage.AnalysisDeletion;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;
import org.touchstone.telemetry.AnalysisScope;

/** {@code DELETE /v1/analyses/{id}}: deletes an analysis. */
@Path("/v1/analyses")
@Produces(MediaType.APPLICATION_JSON)
public class DeletionResource {
  private final AnalysisDeletion deletion;
  private final AuditLog audit;
  private final Caller caller;

  @Inject
  public DeletionResource(AnalysisDeletion deletion, AuditLog audit, Caller caller) {
    this.deletion = deletion;
    this.audit = audit;
    this.caller = caller;
  }

  /**
   * Stops an analysis that runs, and deletes it.
   *
   * @return 204, also when it was deleted before
   */
  @DELETE
  @Path("/{id}")
  @Needs(Scope.ANALYSE)
  public Response delete(@PathParam("id") String id) {
    try (AnalysisScope scope = AnalysisScope.of(id)) {
      Instant at =
          deletion
              .delete(caller.accountId(), id)
              .orElseThrow(() -> new ProblemException(ProblemType.ANALYSIS_NOT_FOUND));
      // At the instant of the deletion: repeated, it is the same entry.
      audit.append(
          new AuditEntry(at, caller.accountId(), caller.keyId(), "analysis.deleted", id, null));
      return Response.noContent().build();
    }
  }
}
