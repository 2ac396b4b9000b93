package org.touchstone.intake.people;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.people.Label;
import org.touchstone.domain.voting.GroundTruth;
import org.touchstone.intake.access.AuditTrail;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Needs;
import org.touchstone.intake.request.QueryValues;
import org.touchstone.storage.Ids;
import org.touchstone.storage.LabelPage;
import org.touchstone.storage.LabelStore;

/** {@code /v1/labels}: people's findings on media, which take precedence over detectors. */
@Path("/v1/labels")
@Produces(MediaType.APPLICATION_JSON)
public class LabelsResource {
  private final LabelStore labels;
  private final People people;
  private final Caller caller;
  private final AuditTrail audit;
  private final InstantSource clock;

  @Inject
  public LabelsResource(
      LabelStore labels, People people, Caller caller, AuditTrail audit, InstantSource clock) {
    this.labels = labels;
    this.people = people;
    this.caller = caller;
    this.audit = audit;
    this.clock = clock;
  }

  /** Labels a medium, for the caller's account or, by an administrator, for the deployment. */
  @PUT
  @Path("/{sha256}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.LABEL)
  public Label put(@PathParam("sha256") String sha256, NewLabel body) {
    if (body == null || body.truth() == null) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID,
          "Give the truth: authentic, manipulated, or unknown when a person cannot tell.");
    }
    if (!Ids.isSha256(sha256)) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID,
          "A medium is named by its SHA-256: 64 digits from 0 to 9 and a to f.");
    }
    Holder holder = people.toChange(body.holder());
    Label label =
        new Label(sha256, body.truth(), People.note(body.note()), holder, clock.instant());
    Optional<Label> before = labels.find(holder, caller.accountId(), sha256);
    labels.put(caller.accountId(), label);
    audit.add(
        "label.set",
        sha256,
        "for the %s: %s instead of %s"
            .formatted(
                code(holder),
                code(label.truth()),
                before.map(Label::truth).map(LabelsResource::code).orElse("none")));
    return label;
  }

  /** The label that holds for the caller's account: its own, or else the deployment's. */
  @GET
  @Path("/{sha256}")
  @Needs(Scope.READ)
  public Label get(@PathParam("sha256") String sha256) {
    return labels
        .inForce(caller.accountId(), sha256)
        .orElseThrow(() -> new ProblemException(ProblemType.LABEL_NOT_FOUND));
  }

  /**
   * Removes a label.
   *
   * @return the label as it was
   */
  @DELETE
  @Path("/{sha256}")
  @Needs(Scope.LABEL)
  public Label delete(@PathParam("sha256") String sha256, @QueryParam("holder") String holderName) {
    Holder holder = people.toChange(People.holder(holderName));
    Label before =
        labels
            .delete(holder, caller.accountId(), sha256)
            .orElseThrow(() -> new ProblemException(ProblemType.LABEL_NOT_FOUND));
    audit.add(
        "label.removed", sha256, "for the %s: %s".formatted(code(holder), code(before.truth())));
    return before;
  }

  /** The labels of the caller's account or of the deployment, ordered by hash. */
  @GET
  @Needs(Scope.READ)
  public LabelPage list(
      @QueryParam("holder") String holder,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") @DefaultValue("20") String limit) {
    return labels.list(People.holder(holder), caller.accountId(), cursor, QueryValues.limit(limit));
  }

  private static String code(Object value) {
    return Json.mapper().valueToTree(value).asText();
  }

  /**
   * The body of a request to label a medium.
   *
   * @param truth what was found
   * @param note what the person wants to say about it
   * @param holder for whom it holds; absent for the caller's account
   */
  @RegisterForReflection
  public record NewLabel(GroundTruth truth, String note, Holder holder) {}
}
