package org.touchstone.intake.page;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.share.SharedAnalyses;

/** {@code /a/{share}}: a result at a shared address. */
@Path("/a")
public class SharedPage {
  private final SharedAnalyses shared;
  private final Waveforms waveforms;
  private final Pages pages;

  @Inject
  public SharedPage(SharedAnalyses shared, Waveforms waveforms, Pages pages) {
    this.shared = shared;
    this.waveforms = waveforms;
    this.pages = pages;
  }

  /** The result, for everybody who knows the address. */
  @GET
  @Path("/{share}")
  @Page
  public Response show(@PathParam("share") String share) {
    SharedAnalyses.Shown found = shared.find(share);
    ResultView view =
        new ResultViews(
                pages.texts(),
                found.shown(),
                "a/" + share,
                true,
                found.share().showMedia(),
                waveforms.of(found.own()))
            .view();
    Response page =
        pages.show(
            Templates.result(pages.chrome(ResultPages.title(view, pages.texts()), true), view, null)
                .data("preview", preview(view)));
    return Response.fromResponse(page).header("X-Robots-Tag", "noindex").build();
  }

  /** Other sites show it beside a link to the result; it never shows the medium. */
  private String preview(ResultView view) {
    return view.headline() == null
        ? null
        : pages.absolute("assets/" + Assets.preview(view.headline().level(), pages.texts()));
  }
}
