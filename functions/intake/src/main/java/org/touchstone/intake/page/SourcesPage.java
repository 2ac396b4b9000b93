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
import org.touchstone.domain.LevelOverride.Identity;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.people.PlatformAccount;
import org.touchstone.domain.people.VerifiedSource;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.access.Visitor;
import org.touchstone.intake.page.SourcesView.Entered;
import org.touchstone.intake.people.SourcesResource;
import org.touchstone.storage.SourcePage;

/** {@code /sources}: accounts on platforms whose own posts are trusted. */
@Path("/sources")
public class SourcesPage {
  private static final String ROWS = "25";
  private static final String HERE = "sources";

  private final SourcesResource sources;
  private final Visitor visitor;
  private final Gate gate;
  private final Pages pages;

  @Inject
  SourcesPage(SourcesResource sources, Visitor visitor, Gate gate, Pages pages) {
    this.sources = sources;
    this.visitor = visitor;
    this.gate = gate;
    this.pages = pages;
  }

  /**
   * Some sources, ordered by id.
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
        PeopleTemplates.sources(
            pages.chrome(pages.texts().of("sources.title"), true),
            view(holder, cursor, Entered.NOTHING, null)));
  }

  private SourcesView view(String holder, String cursor, Entered entered, String error) {
    Texts texts = pages.texts();
    String shown = requireNonNullElse(Forms.given(holder), "account");
    SourcePage found = sources.list(shown, cursor, ROWS);
    return new SourcesView(
        found.items().stream().map(source -> row(source, texts)).toList(),
        found.nextCursor() == null
            ? null
            : Forms.query("holder", shown, "cursor", found.nextCursor()),
        shown,
        visitor.may(Scope.LABEL),
        visitor.may(Scope.ADMIN),
        PlatformAccount.platforms(),
        entered,
        error);
  }

  private static SourcesView.Row row(VerifiedSource source, Texts texts) {
    PlatformAccount account = source.account();
    String name = account.handle() == null ? account.authorId() : "@" + account.handle();
    return new SourcesView.Row(
        source.id(),
        account.platform(),
        name,
        texts.of(source.identity() == Identity.ID ? "sources.by-id" : "sources.by-handle"),
        source.note(),
        texts.time(source.at()));
  }

  /** Names an account as a verified source. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response create(
      @FormParam("csrf") String csrf,
      @FormParam("platform") String platform,
      @FormParam("handle") String handle,
      @FormParam("authorId") String authorId,
      @FormParam("note") String note,
      @FormParam("holder") String holder) {
    gate.change(Scope.LABEL, csrf);
    try {
      sources.create(
          new SourcesResource.NewSource(
              platform == null ? null : platform.toLowerCase(Locale.ROOT),
              Forms.given(authorId),
              Forms.given(handle),
              note,
              Forms.choice(Holder.class, holder)));
    } catch (ProblemException e) {
      Texts texts = pages.texts();
      Entered entered =
          new Entered(
              requireNonNullElse(platform, ""),
              requireNonNullElse(handle, ""),
              requireNonNullElse(authorId, ""),
              requireNonNullElse(note, ""));
      return pages.refuse(
          e.problem().type().httpStatus(),
          PeopleTemplates.sources(
              pages.chrome(texts.of("sources.title"), true),
              view(null, null, entered, ResultViews.problem(texts, e.problem()))));
    }
    return Pages.goTo(Forms.list(HERE, holder)).build();
  }

  /** Removes a source. */
  @POST
  @Path("/remove")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response remove(
      @FormParam("csrf") String csrf,
      @FormParam("id") String id,
      @FormParam("holder") String holder) {
    gate.change(Scope.LABEL, csrf);
    sources.delete(requireNonNullElse(id, ""), holder);
    return Pages.goTo("../" + Forms.list(HERE, holder)).build();
  }
}
