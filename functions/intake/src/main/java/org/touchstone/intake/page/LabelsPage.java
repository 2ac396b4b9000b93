package org.touchstone.intake.page;

import static java.util.Objects.requireNonNullElse;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.people.Label;
import org.touchstone.domain.voting.GroundTruth;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.access.Visitor;
import org.touchstone.intake.people.LabelsResource;
import org.touchstone.storage.LabelPage;

/** {@code /labels}: what people found out about files. */
@Path("/labels")
public class LabelsPage {
  private static final String ROWS = "25";
  private static final String HERE = "labels";

  private final LabelsResource labels;
  private final Visitor visitor;
  private final Gate gate;
  private final Pages pages;

  @Inject
  LabelsPage(LabelsResource labels, Visitor visitor, Gate gate, Pages pages) {
    this.labels = labels;
    this.visitor = visitor;
    this.gate = gate;
    this.pages = pages;
  }

  /**
   * Some labels, ordered by hash.
   *
   * @param holder for whom they hold; the visitor's account if absent
   */
  @GET
  @Page
  public Response show(@QueryParam("holder") String holder, @QueryParam("cursor") String cursor) {
    Optional<Response> stranger = gate.stranger(Scope.READ, HERE, "");
    if (stranger.isPresent()) {
      return stranger.get();
    }
    return pages.show(
        PeopleTemplates.labels(
            pages.chrome(pages.texts().of("labels.title"), true), view(holder, cursor, "", null)));
  }

  private LabelsView view(String holder, String cursor, String sha256, String error) {
    Texts texts = pages.texts();
    String shown = holder == null || holder.isBlank() ? code(Holder.ACCOUNT) : holder;
    LabelPage found = labels.list(shown, cursor, ROWS);
    return new LabelsView(
        found.items().stream().map(label -> row(label, texts)).toList(),
        found.nextCursor() == null
            ? null
            : Forms.query("holder", shown, "cursor", found.nextCursor()),
        shown,
        visitor.may(Scope.LABEL),
        visitor.may(Scope.ADMIN),
        sha256,
        error);
  }

  private static LabelsView.Row row(Label label, Texts texts) {
    return new LabelsView.Row(
        label.sha256(),
        texts.of("truth." + code(label.truth())),
        label.note(),
        texts.time(label.at()));
  }

  /**
   * Labels a file.
   *
   * @param next the page to go to then, relative to the first page; this one if absent
   */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response put(
      @FormParam("csrf") String csrf,
      @FormParam("sha256") String sha256,
      @FormParam("truth") String truth,
      @FormParam("note") String note,
      @FormParam("holder") String holder,
      @FormParam("next") String next) {
    gate.change(Scope.LABEL, csrf);
    String hash = requireNonNullElse(sha256, "").strip().toLowerCase(Locale.ROOT);
    try {
      labels.put(
          hash,
          new LabelsResource.NewLabel(
              Forms.choice(GroundTruth.class, truth), note, Forms.choice(Holder.class, holder)));
    } catch (ProblemException e) {
      Texts texts = pages.texts();
      return pages.refuse(
          e.problem().type().httpStatus(),
          PeopleTemplates.labels(
              pages.chrome(texts.of("labels.title"), true),
              view(null, null, hash, ResultViews.problem(texts, e.problem()))));
    }
    return Pages.goTo(Pages.isAddress(next) ? next : Forms.list(HERE, holder)).build();
  }

  /** Removes a label. */
  @POST
  @Path("/remove")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response remove(
      @FormParam("csrf") String csrf,
      @FormParam("sha256") String sha256,
      @FormParam("holder") String holder) {
    gate.change(Scope.LABEL, csrf);
    labels.delete(requireNonNullElse(sha256, ""), holder);
    return Pages.goTo("../" + Forms.list(HERE, holder)).build();
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
