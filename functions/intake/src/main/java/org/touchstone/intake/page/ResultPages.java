package org.touchstone.intake.page;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.feedback.Opinion;
import org.touchstone.domain.share.Share;
import org.touchstone.intake.AnalysisService;
import org.touchstone.intake.DeletionResource;
import org.touchstone.intake.access.Caller;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.access.Visitor;
import org.touchstone.intake.downloads.EvidenceKeys;
import org.touchstone.intake.downloads.Redirects;
import org.touchstone.intake.feedback.FeedbackResource;
import org.touchstone.intake.share.Sharing;
import org.touchstone.storage.DownloadStore;
import org.touchstone.storage.LabelStore;
import org.touchstone.storage.ShareStore;

/** {@code /analyses/{id}}: a result as its account sees it, and what it can do with it. */
@Path("/analyses/{id}")
public class ResultPages {
  private static final List<Integer> SHARE_DAYS = List.of(1, 7, 30);

  private final AnalysisService service;
  private final ShareStore shares;
  private final Sharing sharing;
  private final LabelStore labels;
  private final DownloadStore downloads;
  private final Waveforms waveforms;
  private final FeedbackResource feedback;
  private final DeletionResource deletion;
  private final InstantSource clock;
  private final Visitor visitor;
  private final Gate gate;
  private final Caller caller;
  private final Pages pages;

  @Inject
  ResultPages(
      AnalysisService service,
      ShareStore shares,
      Sharing sharing,
      LabelStore labels,
      DownloadStore downloads,
      Waveforms waveforms,
      FeedbackResource feedback,
      DeletionResource deletion,
      InstantSource clock,
      Visitor visitor,
      Gate gate,
      Caller caller,
      Pages pages) {
    this.service = service;
    this.shares = shares;
    this.sharing = sharing;
    this.labels = labels;
    this.downloads = downloads;
    this.waveforms = waveforms;
    this.feedback = feedback;
    this.deletion = deletion;
    this.clock = clock;
    this.visitor = visitor;
    this.gate = gate;
    this.caller = caller;
    this.pages = pages;
  }

  /**
   * The result, or how far the analysis is.
   *
   * @param done what the visitor has just done here
   */
  @GET
  @Page
  public Response show(@PathParam("id") String id, @QueryParam("done") String done) {
    Optional<Response> stranger = gate.stranger(Scope.READ, "analyses/" + id, "../");
    if (stranger.isPresent()) {
      return stranger.get();
    }
    Analysis analysis = service.get(caller.accountId(), id);
    ResultView view =
        new ResultViews(
                pages.texts(), analysis, "analyses/" + id, false, true, waveforms.of(analysis))
            .view();
    return pages.show(
        Templates.result(
            pages.chrome(title(view, pages.texts()), true),
            view,
            owner(analysis, "opinion".equals(done))));
  }

  static String title(ResultView view, Texts texts) {
    if (view.headline() != null) {
      return view.headline().title();
    }
    return texts.of(view.running() ? "progress.title" : "failed.title");
  }

  private OwnerView owner(Analysis analysis, boolean thanks) {
    String id = analysis.id();
    Texts texts = pages.texts();
    Instant now = clock.instant();
    boolean canChange = visitor.may(Scope.ANALYSE);
    List<Share> addresses = canChange ? shares.of(id) : List.of();
    return new OwnerView(
        canChange,
        // The same until there is another address: an unchanged page keeps its tag.
        "page-" + addresses.size(),
        addresses.stream().map(share -> address(share, texts, now)).toList(),
        thanks,
        visitor.may(Scope.LABEL) ? labels(analysis, texts) : List.of());
  }

  private List<OwnerView.FileLabel> labels(Analysis analysis, Texts texts) {
    return analysis.media().stream()
        .map(
            item ->
                new OwnerView.FileLabel(
                    item.sha256(),
                    item.modality().code(),
                    labels
                        .inForce(caller.accountId(), item.sha256())
                        .map(
                            label ->
                                texts.with(
                                    "labels.now",
                                    texts.of(
                                        "truth." + label.truth().name().toLowerCase(Locale.ROOT))))
                        .orElse(null)))
        .toList();
  }

  private static OwnerView.SharedAddress address(Share share, Texts texts, Instant now) {
    return new OwnerView.SharedAddress(
        share.id(),
        "a/" + share.id(),
        share.isOpenAt(now),
        share.expiresAt() == null ? null : texts.with("share.until", texts.time(share.expiresAt())),
        share.showMedia());
  }

  /** Leads to a medium. */
  @GET
  @Path("/media/{mediaId}")
  @Page
  public Response medium(@PathParam("id") String id, @PathParam("mediaId") String mediaId) {
    gate.need(Scope.READ);
    return service.get(caller.accountId(), id).media().stream()
        .filter(item -> item.id().equals(mediaId))
        .findFirst()
        .flatMap(downloads::medium)
        .map(Redirects::to)
        .orElseThrow(() -> new ProblemException(ProblemType.MEDIUM_NOT_FOUND));
  }

  /** Leads to a piece of evidence. */
  @GET
  @Path("/evidence/{mediaId}/{name}")
  @Page
  public Response evidence(
      @PathParam("id") String id,
      @PathParam("mediaId") String mediaId,
      @PathParam("name") String name) {
    gate.need(Scope.READ);
    Analysis analysis = service.get(caller.accountId(), id);
    return downloads
        .evidence(id, mediaId + "/" + name, EvidenceKeys.of(analysis))
        .map(Redirects::to)
        .orElseThrow(() -> new ProblemException(ProblemType.EVIDENCE_NOT_FOUND));
  }

  /**
   * Shares the result.
   *
   * @param once a text of the form, so that sending it twice makes one address
   * @param expires days until its end; empty for never
   * @param media {@code yes} to show the media too
   */
  @POST
  @Path("/share")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response share(
      @PathParam("id") String id,
      @FormParam("csrf") String csrf,
      @FormParam("once") String once,
      @FormParam("expires") String expires,
      @FormParam("media") String media) {
    change(csrf);
    Instant end =
        SHARE_DAYS.stream()
            .filter(days -> String.valueOf(days).equals(expires))
            .findFirst()
            .map(days -> clock.instant().plus(Duration.ofDays(days)))
            .orElse(null);
    sharing.create(id, once, end, "yes".equals(media));
    return Pages.goTo("../" + id + "#share").build();
  }

  /** Ends an address. */
  @POST
  @Path("/unshare")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response unshare(
      @PathParam("id") String id,
      @FormParam("csrf") String csrf,
      @FormParam("share") String share) {
    change(csrf);
    sharing.revoke(id, share);
    return Pages.goTo("../" + id + "#share").build();
  }

  /** Keeps the visitor's opinion. */
  @POST
  @Path("/opinion")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response opinion(
      @PathParam("id") String id,
      @FormParam("csrf") String csrf,
      @FormParam("opinion") String opinion,
      @FormParam("note") String note) {
    change(csrf);
    feedback.give(id, new FeedbackResource.NewFeedback(opinion(opinion), note));
    return Pages.goTo("../" + id + "?done=opinion#feedback").build();
  }

  private static Opinion opinion(String text) {
    try {
      return Opinion.valueOf(text == null ? "" : text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.REQUEST_INVALID);
    }
  }

  /** Deletes the analysis. */
  @POST
  @Path("/delete")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Page
  public Response delete(@PathParam("id") String id, @FormParam("csrf") String csrf) {
    change(csrf);
    deletion.delete(id);
    return Pages.goTo("../../history").build();
  }

  private void change(String csrf) {
    gate.change(Scope.ANALYSE, csrf);
  }
}
