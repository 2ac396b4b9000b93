package org.touchstone.resolver.platform.web;

import java.util.List;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Post;

/** Takes a link for the file itself; whether it is one shows when it is fetched. */
public final class DirectLinkExtractor implements Extractor {
  /** The platform of files that were linked to directly. */
  public static final String WEB = "web";

  @Override
  public String platform() {
    return WEB;
  }

  @Override
  public boolean claims(WebLink link) {
    return true;
  }

  @Override
  public Post extract(WebLink link) {
    return new Post(WEB, link.toString(), null, null, List.of(link));
  }
}
