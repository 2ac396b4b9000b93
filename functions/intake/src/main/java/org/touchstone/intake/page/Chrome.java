package org.touchstone.intake.page;

import java.util.List;

/**
 * What all pages have around their content.
 *
 * @param texts the texts in the page's language
 * @param title the page's title
 * @param root the way from the page to the first page, such as {@code ../}; all links are relative,
 *     so that pages work under a stage's path
 * @param csrf what forms and scripts send along
 * @param signedIn whether the visitor signed in, or need not
 * @param canSignOut whether there is a session to end
 * @param address the page's own address relative to the first page, to come back to
 * @param languages the other languages
 * @param assets names of the files that belong to all pages
 * @param noindex whether search engines are asked to leave the page out
 */
public record Chrome(
    Texts texts,
    String title,
    String root,
    String csrf,
    boolean signedIn,
    boolean canSignOut,
    String address,
    List<Texts> languages,
    Assets.Names assets,
    boolean noindex) {
  /** The site's name, after the page's title. */
  public String fullTitle() {
    return title + " · " + texts.of("site.name");
  }
}
