package org.touchstone.resolver.platform.web;

import java.util.List;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Post;

/** Treats a link as the file itself; the fetch shows whether it is one. */
public final class DirectLinkExtractor implements Extractor {
  /** Platform name of files that were linked to directly. */
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
